// Which column of a seller's own files holds which field, remembered by the header.
#include "api/fields.hpp"
#include "app/column_mappings.hpp"
#include "app/import_file.hpp"
#include "base/text.hpp"

namespace zifa::api {

namespace {

constexpr std::size_t kMostColumns = 5'000;

Answer mapping_json(const StoredMapping& mapping) {
  const ChosenColumns chosen = TRY(chosen_columns(mapping));
  json::object fields;
  for (const auto& [field, column] : chosen.fields) fields[field] = column;
  return ok(json::object{{"signature", mapping.signature}, {"kind", text_or_null(mapping.kind)}, {"account_id", id_or_null(mapping.account)}, {"name", mapping.name}, {"fields", std::move(fields)}, {"date_format", text_or_null(chosen.date_format)}, {"updated_at", mapping.updated_at.iso()}});
}

Result<Done> may_change(const Call& call, std::string_view kind) {
  if (call.caller.role >= Role::operations || kind == name_of(SellerFile::stock)) return done;
  return refused("session.forbidden", "Your role (" + std::string(name_of(call.caller.role)) + ") may match columns of stock files only; ask an owner.");
}

Answer list(Call& call) {
  return call.store().read([](Tx& tx) -> Answer {
    json::array all;
    for (const StoredMapping& mapping : TRY(tx.people.mappings())) all.push_back(TRY(json::parse(TRY(mapping_json(mapping)).body)));
    return ok(all);
  });
}

// By its columns, else by their signature as the screens work it out.
Result<std::string> signature_of(const json::value& body) {
  const json::value* columns = json::find(body, "columns");
  if (columns != nullptr && !columns->is_null()) {
    if (!columns->is_array() || columns->as_array().empty() || columns->as_array().size() > kMostColumns) return invalid("field.bad", "The field \"columns\" takes the file's header as a list of texts.");
    std::vector<std::string> header;
    for (const json::value& column : columns->as_array()) {
      if (!column.is_string()) return invalid("field.bad", "The field \"columns\" takes the file's header as a list of texts.");
      header.emplace_back(column.as_string());
    }
    return column_signature(header);
  }
  const std::string signature = json::get_text(body, "signature");
  if (signature.size() != 16 || signature.find_first_not_of("0123456789abcdef") != std::string::npos) return invalid("field.bad", "The field \"signature\" takes the 16 digits that a look at the file gave; or send the file's \"columns\".");
  return signature;
}

Answer save(Call& call) {
  const std::string signature = TRY(signature_of(call.body));
  std::string kind, name;
  AccountId account;
  TRY(take_choice(call.body, "kind", {"orders", "listings", "stock", "returns"}, kind));
  TRY(take_text(call.body, "name", 200, name));
  TRY(take_id(call.body, "account", account));
  TRY(may_change(call, kind));
  ChosenColumns chosen;
  TRY(take_text(call.body, "date_format", 60, chosen.date_format));
  const json::object* fields = json::find_object(call.body, "fields");
  if (fields == nullptr) return invalid("field.missing", "The field \"fields\" is missing: an object of field and column.");
  for (const auto& [field, column] : *fields) {
    if (column.is_null()) continue;
    if (!column.is_string()) return invalid("field.bad", "The field \"fields\" takes the name of a column for each field.");
    chosen.fields.emplace(std::string(field), std::string(column.as_string()));
  }
  if (const auto file = seller_file_named(kind)) TRY(knows_fields(call.desk.files(), *file, chosen));
  StoredMapping mapping = TRY(remembered(chosen, signature, name, call.now));
  mapping.kind = kind;
  mapping.account = account;
  TRY(call.store().write([&](Tx& tx) -> Result<Done> {
    if (account.value() != 0) TRY(tx.accounts.find(account));
    return tx.people.save_mapping(mapping);
  }));
  return mapping_json(mapping);
}

Answer remove(Call& call) {
  const std::string kind(call.query.get("kind"));
  TRY(may_change(call, kind));
  const auto account = TRY(id_in_query(call, "account"));
  const bool there = TRY(call.store().write([&](Tx& tx) { return tx.people.delete_mapping(call.path[0], kind, AccountId(account.value_or(0))); }));
  if (!there) return not_found("mapping.unknown", "There is no such mapping of columns.");
  return no_content();
}

constexpr std::string_view kSchema =
    R"({"type":"object","properties":{"signature":{"type":"string"},"kind":{"type":["string","null"]},"account_id":{"type":["string","null"]},"name":{"type":"string"},"fields":{"type":"object","additionalProperties":{"type":"string"}},"date_format":{"type":["string","null"]},"updated_at":{"type":"string"}}})";

}  // namespace

extern const Resource mappings;
const Resource mappings{
    .name = "mappings",
    .routes =
        {
            {.method = "GET", .path = "/api/mappings", .summary = "Columns remembered for files of a seller's own.", .gives = R"({"type":"array","items":{"type":"object"}})", .run = list},
            {.method = "PUT", .path = "/api/mappings", .summary = "Remember which column holds which field, for files with this header; of one kind and account where they are named.",
             .takes = R"({"type":"object","required":["fields"],"properties":{"signature":{"type":"string"},"columns":{"type":"array","items":{"type":"string"}},"kind":{"enum":["orders","listings","stock","returns"]},"account":{"type":["string","null"]},"name":{"type":"string"},"fields":{"type":"object","additionalProperties":{"type":["string","null"]}},"date_format":{"type":"string"}}})",
             .gives = kSchema, .run = save},
            {.method = "DELETE", .path = "/api/mappings/{signature}", .summary = "Forget what was chosen for a header.", .query = "kind,account", .run = remove},
        },
};

}  // namespace zifa::api
