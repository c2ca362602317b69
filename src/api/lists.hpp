// Lists that screens show whole: a bare array, or with ?limit= or ?after= one page of it as {"items", "next"}.
#pragma once

#include "api/resource.hpp"

namespace zifa::api {

inline constexpr int kWholeList = 1'000'000;

// `fetch(tx, after, limit)` gives a Page<Row>; `write(tx, row)` a Result<json::value>. All in one reading transaction.
template <class Fetch, class Write>
Answer list_of(Call& call, Fetch fetch, Write write) {
  const bool paged = call.query.has("limit") || call.query.has("after");
  const std::string after(call.query.get("after"));
  return call.store().read([&](Tx& tx) -> Answer {
    const auto page = TRY(fetch(tx, after, paged ? limit_of(call) : kWholeList));
    json::array items;
    items.reserve(page.rows.size());
    for (const auto& row : page.rows) items.push_back(TRY(write(tx, row)));
    if (!paged) return ok(items);
    return ok(json::object{{"items", std::move(items)}, {"next", page.next.empty() ? json::value(nullptr) : json::value(page.next)}});
  });
}

}  // namespace zifa::api
