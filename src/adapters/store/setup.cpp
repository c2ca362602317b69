#include <array>

#include "adapters/store/rows.hpp"
#include "base/encoding.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

// Keys of services among the settings are sealed like every secret.
constexpr std::string_view kSealed = "sealed:";
bool is_secret(std::string_view setting) { return setting.ends_with("_token"); }

constexpr char kUnit = '\x1F';

std::string packed(const Address& a) {
  std::string out;
  for (const std::string* field : {&a.name, &a.company, &a.line1, &a.line2, &a.line3, &a.city, &a.district, &a.state, &a.postal_code, &a.country, &a.phone, &a.kind}) {
    for (const char c : *field)
      if (c != kUnit) out += c;
    out += kUnit;
  }
  return out;
}

Address unpacked(std::string_view text) {
  Address a;
  const std::array<std::string*, 12> fields{&a.name, &a.company, &a.line1, &a.line2, &a.line3, &a.city, &a.district, &a.state, &a.postal_code, &a.country, &a.phone, &a.kind};
  const auto parts = split(text, kUnit);
  for (std::size_t i = 0; i < fields.size() && i < parts.size(); ++i) *fields[i] = parts[i];
  return a;
}

class SqlSetup final : public SetupStore {
 public:
  SqlSetup(Connection& c, const Secrets& secrets) : c_(c), secrets_(secrets) {}

  Result<std::vector<Warehouse>> warehouses() override {
    Statement s = TRY(c_.prepare("SELECT id, name, country, time_zone, address, cutoff_minutes, active FROM warehouse ORDER BY id"));
    std::vector<Warehouse> all;
    while (TRY(s.step())) {
      Warehouse w{.id = s.id<WarehouseId>(0), .name = s.text(1), .country = s.text(2), .time_zone = s.text(3)};
      if (!s.is_null(4)) w.address = unpacked(TRY(secrets_.open(s.blob(4), "warehouse")));
      w.cutoff = std::chrono::minutes(s.integer(5));
      w.active = s.boolean(6);
      all.push_back(std::move(w));
    }
    return all;
  }
  Result<WarehouseId> save_warehouse(const Warehouse& w) override {
    TRY(changed());
    Statement s = TRY(c_.prepare(w.id.value() == 0 ? "INSERT INTO warehouse (name, country, time_zone, address, cutoff_minutes, active) VALUES (?,?,?,?,?,?) RETURNING id"
                                                   : "UPDATE warehouse SET name=?, country=?, time_zone=?, address=?, cutoff_minutes=?, active=? WHERE id=? RETURNING id"));
    s.with(w.name, w.country, w.time_zone).add_blob(secrets_.seal(packed(w.address), "warehouse")).with(std::int64_t{w.cutoff.count()}, w.active);
    if (w.id.value() != 0) s.add(w.id);
    return saved<WarehouseId>(s, "warehouse", w.name);
  }
  Result<bool> remove_warehouse(WarehouseId id) override {
    return removed("DELETE FROM warehouse WHERE id=? AND NOT EXISTS (SELECT 1 FROM stock_item WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM stock_movement WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM "
                   "service WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM orders WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM parcel WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM "
                   "reservation WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM wave WHERE warehouse_id=warehouse.id) AND NOT EXISTS (SELECT 1 FROM handover WHERE warehouse_id=warehouse.id)",
                   id.value());
  }
  Result<std::vector<Carton>> cartons() override {
    Statement s = TRY(c_.prepare(
        "SELECT id, name, kind, inner_length_um, inner_width_um, inner_height_um, outer_length_um, outer_width_um, outer_height_um, tare_ug, max_weight_ug, cost, currency, active FROM carton ORDER BY id"));
    std::vector<Carton> all;
    while (TRY(s.step())) {
      Carton k{.id = s.id<CartonId>(0), .name = s.text(1), .kind = s.text(2), .inner = size_at(s, 3), .outer = size_at(s, 6), .tare = Weight::micrograms(s.integer(9)), .max_weight = Weight::micrograms(s.integer(10))};
      k.cost = money_at(s, 11, 12).value_or(Money());
      k.active = s.boolean(13);
      all.push_back(std::move(k));
    }
    return all;
  }
  Result<CartonId> save_carton(const Carton& k) override {
    TRY(changed());
    Statement s = TRY(c_.prepare(k.id.value() == 0
                                     ? "INSERT INTO carton (name, kind, inner_length_um, inner_width_um, inner_height_um, outer_length_um, outer_width_um, outer_height_um, tare_ug, max_weight_ug, cost, currency, active) VALUES "
                                       "(?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"
                                     : "UPDATE carton SET name=?, kind=?, inner_length_um=?, inner_width_um=?, inner_height_um=?, outer_length_um=?, outer_width_um=?, outer_height_um=?, tare_ug=?, max_weight_ug=?, cost=?, "
                                       "currency=?, active=? WHERE id=? RETURNING id"));
    s.with(k.name, k.kind);
    for (const Size* size : {&k.inner, &k.outer}) s.with(size->length.micrometres(), size->width.micrometres(), size->height.micrometres());
    s.with(k.tare.micrograms(), k.max_weight.micrograms(), k.cost.minor(), k.cost.currency().code(), k.active);
    if (k.id.value() != 0) s.add(k.id);
    return saved<CartonId>(s, "carton", k.name);
  }
  Result<bool> remove_carton(CartonId id) override { return removed("DELETE FROM carton WHERE id=? AND NOT EXISTS (SELECT 1 FROM parcel WHERE carton_id=carton.id)", id.value()); }
  Result<std::vector<ShippingService>> services() override {
    Statement s = TRY(c_.prepare(
        "SELECT id, name, carrier_id, carrier_name, warehouse_id, card_service, number_source, range_prefix, range_suffix, range_check, range_width, range_next, range_last, amazon_code, amazon_name, amazon_method, "
        "pickup_minutes, cargo, active FROM service ORDER BY id"));
    std::vector<ShippingService> all;
    while (TRY(s.step())) {
      ShippingService v{.id = s.id<ServiceId>(0), .name = s.text(1), .carrier_id = s.text(2), .carrier_name = s.text(3), .warehouse = s.id<WarehouseId>(4), .card_service = s.text(5), .number_source = s.text(6)};
      v.range_prefix = s.text(7);
      v.range_suffix = s.text(8);
      v.range_check = s.text(9);
      v.range_width = static_cast<int>(s.integer(10));
      v.range_next = s.integer(11);
      v.range_last = s.integer(12);
      v.amazon_code = s.text(13);
      v.amazon_name = s.text(14);
      v.amazon_method = s.text(15);
      for (const std::string_view minutes : split(s.view(16), ','))
        if (const auto n = to_int(minutes)) v.pickup_minutes.push_back(static_cast<int>(*n));
      v.cargo = s.text(17);
      v.active = s.boolean(18);
      all.push_back(std::move(v));
    }
    return all;
  }
  Result<ServiceId> save_service(const ShippingService& v) override {
    TRY(changed());
    Statement s = TRY(c_.prepare(v.id.value() == 0
                                     ? "INSERT INTO service (name, carrier_id, carrier_name, warehouse_id, card_service, number_source, range_prefix, range_suffix, range_check, range_width, range_next, range_last, amazon_code, "
                                       "amazon_name, amazon_method, pickup_minutes, cargo, active) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"
                                     : "UPDATE service SET name=?, carrier_id=?, carrier_name=?, warehouse_id=?, card_service=?, number_source=?, range_prefix=?, range_suffix=?, range_check=?, range_width=?, range_next=?, "
                                       "range_last=?, amazon_code=?, amazon_name=?, amazon_method=?, pickup_minutes=?, cargo=?, active=? WHERE id=? RETURNING id"));
    s.with(v.name, v.carrier_id, v.carrier_name).add_or_null(v.warehouse);
    std::string pickups;
    for (const int minutes : v.pickup_minutes) pickups += (pickups.empty() ? "" : ",") + std::to_string(minutes);
    s.with(v.card_service, v.number_source, v.range_prefix, v.range_suffix, v.range_check, v.range_width, v.range_next, v.range_last, v.amazon_code, v.amazon_name, v.amazon_method, pickups, v.cargo, v.active);
    if (v.id.value() != 0) s.add(v.id);
    return saved<ServiceId>(s, "service", v.name);
  }
  Result<bool> remove_service(ServiceId id) override {
    return removed("DELETE FROM service WHERE id=? AND NOT EXISTS (SELECT 1 FROM parcel WHERE service_id=service.id) AND NOT EXISTS (SELECT 1 FROM label WHERE service_id=service.id) AND NOT EXISTS (SELECT 1 FROM orders WHERE "
                   "service_id=service.id)",
                   id.value());
  }
  Result<std::int64_t> take_from_range(ServiceId id) override {
    Statement s = TRY(c_.prepare("UPDATE service SET range_next=range_next+1 WHERE id=? AND range_next<=range_last RETURNING range_next-1"));
    s.add(id);
    if (!TRY(s.step())) return conflict("service.range_used_up", "The tracking-number range of this service is used up; enter the next range in Shipping setup, or type the number.");
    return s.integer(0);
  }
  Result<std::vector<RateCardFile>> rate_cards(bool with_content) override {
    Statement s = TRY(c_.prepare(with_content ? "SELECT id, name, kind, rows_read, imported_at, content FROM rate_card ORDER BY id" : "SELECT id, name, kind, rows_read, imported_at, '' FROM rate_card ORDER BY id"));
    std::vector<RateCardFile> all;
    while (TRY(s.step())) all.push_back({.id = s.integer(0), .name = s.text(1), .kind = s.text(2), .content = s.text(5), .rows = s.integer(3), .imported_at = s.instant(4)});
    return all;
  }
  Result<std::int64_t> save_rate_card(const RateCardFile& card) override {
    TRY(changed());
    Statement s = TRY(c_.prepare(
        "INSERT INTO rate_card (name, kind, content, rows_read, imported_at) VALUES (?,?,?,?,?) ON CONFLICT (name) DO UPDATE SET kind=excluded.kind, content=excluded.content, rows_read=excluded.rows_read, "
        "imported_at=excluded.imported_at RETURNING id"));
    s.with(card.name, card.kind, card.content, card.rows, card.imported_at);
    if (!TRY(s.step())) return corrupt("store.failed", "The rate card was not stored.");
    return s.integer(0);
  }
  Result<Done> delete_rate_card(std::int64_t id) override {
    TRY(changed());
    TRY(c_.execute("DELETE FROM rate_card WHERE id=?", id));
    return done;
  }
  Result<std::string> setting(std::string_view name, std::string_view otherwise) override {
    Statement s = TRY(c_.prepare("SELECT value FROM setting WHERE name=?"));
    s.add(name);
    if (!TRY(s.step())) return std::string(otherwise);
    if (!s.view(0).starts_with(kSealed)) return s.text(0);
    const auto sealed = from_base64(s.view(0).substr(kSealed.size()));
    if (!sealed) return corrupt("secrets.damaged", "The setting " + std::string(name) + " cannot be opened; enter it again.");
    return secrets_.open(*sealed, "setting." + std::string(name));
  }
  Result<Done> set_setting(std::string_view name, std::string_view value) override {
    TRY(c_.execute("INSERT INTO setting (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value=excluded.value", name, is_secret(name) && !value.empty() ? std::string(kSealed) + to_base64(secrets_.seal(value, "setting." + std::string(name))) : std::string(value)));
    return done;
  }
  Result<std::int64_t> setup_version() override { return to_int(TRY(setting("setup_version", "0"))).value_or(0); }

 private:
  template <class IdType>
  Result<IdType> saved(Statement& s, const char* what, const std::string& name) {
    const Result<bool> row = c_.attempt([&] { return s.step(); });
    if (!row && row.error().code == "store.constraint") return conflict(std::string(what) + ".name_taken", "There is a " + std::string(what) + " named \"" + printable(name, 60) + "\" already; choose another name.");
    if (!row) return row.error();
    if (!*row) return not_found(std::string(what) + ".unknown", "There is no such " + std::string(what) + ".");
    return s.id<IdType>(0);
  }
  Result<bool> removed(const char* statement, std::int64_t id) {
    TRY(changed());
    return TRY(c_.execute(statement, id)) > 0;
  }
  Result<Done> changed() {
    const std::int64_t version = TRY(setup_version());
    return set_setting("setup_version", std::to_string(version + 1));
  }

  Connection& c_;
  const Secrets& secrets_;
};

}  // namespace

std::unique_ptr<SetupStore> setup_store(Connection& connection, const Secrets& secrets) { return std::make_unique<SqlSetup>(connection, secrets); }

}  // namespace zifa::sql
