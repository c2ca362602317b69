// Cartons and mailers: what parcels are put into.
#include "api/fields.hpp"
#include "api/parcel_json.hpp"
#include "app/change_setup.hpp"

namespace zifa::api {

namespace {

// Without a limit of its own, a carton carries what any parcel may weigh.
constexpr std::int64_t kUsualMostGrams = 30'000;

Result<Done> read(const json::value& body, Carton& k, Currency currency) {
  TRY(take_name(body, "name", 60, k.name));
  TRY(take_choice(body, "kind", {"box", "mailer"}, k.kind));
  TRY(take_size(body, "inner", k.inner));
  TRY(take_size(body, "outer", k.outer));
  if (k.outer == Size()) k.outer = k.inner;
  TRY(take_weight(body, "tare_g", k.tare));
  TRY(take_weight(body, "max_weight_g", k.max_weight));
  if (k.max_weight == Weight()) k.max_weight = Weight::grams(kUsualMostGrams);
  std::optional<Money> cost = k.id.value() == 0 ? std::nullopt : std::optional(k.cost);
  TRY(take_money(body, "cost", cost));
  k.cost = cost.value_or(Money(0, currency));
  return take_flag(body, "active", k.active);
}

Result<Currency> currency_of(Tx& tx) { return Currency::parse(TRY(tx.setup.setting("currency", "CNY"))); }

Answer list(Call& call) {
  return call.store().read([](Tx& tx) -> Answer {
    json::array all;
    for (const Carton& carton : TRY(tx.setup.cartons())) all.push_back(carton_json(carton));
    return ok(all);
  });
}

Answer add(Call& call) {
  return call.store().write([&](Tx& tx) -> Answer {
    Carton carton;
    TRY(read(call.body, carton, TRY(currency_of(tx))));
    return ok(carton_json(TRY(save_carton(tx, carton, call.caller.name, call.now))), 201);
  });
}

Answer change(Call& call) {
  const CartonId id(TRY(call.id(0)));
  return call.store().write([&](Tx& tx) -> Answer {
    Carton carton = TRY(find_carton(tx, id));
    TRY(read(call.body, carton, TRY(currency_of(tx))));
    return ok(carton_json(TRY(save_carton(tx, carton, call.caller.name, call.now))));
  });
}

Answer remove(Call& call) {
  const CartonId id(TRY(call.id(0)));
  const bool deleted = TRY(call.store().write([&](Tx& tx) { return remove_carton(tx, id, call.caller.name, call.now); }));
  return ok(json::object{{"deleted", deleted}, {"active", false}});
}

constexpr const char* kTakes =
    R"({"type":"object","properties":{"name":{"type":"string"},"kind":{"enum":["box","mailer"]},"inner":{"type":"array","items":{"type":"integer"},"description":"mm"},"outer":{"type":"array","items":{"type":"integer"},"description":"mm"},"tare_g":{"type":"integer"},"max_weight_g":{"type":["integer","null"],"description":"contents and carton together"},"cost":{"type":["object","null"]},"active":{"type":"boolean"}}})";
constexpr const char* kGives =
    R"({"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"},"kind":{"enum":["box","mailer"]},"inner":{"type":"array"},"outer":{"type":"array"},"tare_g":{"type":"integer"},"max_weight_g":{"type":"integer"},"cost":{"type":["object","null"]},"active":{"type":"boolean"}}})";

}  // namespace

extern const Resource cartons;
const Resource cartons{
    .name = "cartons",
    .routes =
        {
            {.method = "GET", .path = "/api/cartons", .summary = "Cartons and mailers.", .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "POST", .path = "/api/cartons", .summary = "Add a carton.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = add},
            {.method = "PATCH", .path = "/api/cartons/{id}", .summary = "Change a carton.", .role = Role::operations, .takes = kTakes, .gives = kGives, .run = change},
            {.method = "DELETE", .path = "/api/cartons/{id}", .summary = "Delete a carton, or switch it off where a parcel was packed into it.", .role = Role::operations,
             .gives = R"({"type":"object","properties":{"deleted":{"type":"boolean"},"active":{"type":"boolean"}}})", .run = remove},
        },
};

}  // namespace zifa::api
