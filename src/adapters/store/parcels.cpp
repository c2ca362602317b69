#include <algorithm>
#include <unordered_map>

#include "adapters/store/rows.hpp"
#include "base/text.hpp"

namespace zifa::sql {

namespace {

constexpr const char* kColumns =
    "p.id, p.account_id, p.order_id, p.warehouse_id, p.state, p.service_id, p.carton_id, p.layout, p.length_um, p.width_um, p.height_um, p.estimated_ug, p.actual_ug, p.cost, p.currency, p.on_time_ppm, p.reason, p.ready_by, "
    "p.arrive_from, p.arrive_to, p.wave_id, p.handover_id, p.picked_at, p.packed_at, p.packed_by, p.override_reason, p.dispatched_at, p.delivered_at, p.first_scan_at, p.last_scan_at, p.tracking_state, p.tracked_at, "
    "p.confirm_state, p.confirm_error, p.confirmed_at, p.created_at, p.updated_at";

std::optional<Day> day_if(const Statement& s, int column) {
  if (s.is_null(column)) return std::nullopt;
  return Day::from_number(static_cast<std::int32_t>(s.integer(column)));
}
std::optional<std::int64_t> number(const std::optional<Day>& day) { return day ? std::optional<std::int64_t>(day->number()) : std::nullopt; }

Parcel parcel_at(const Statement& s) {
  Parcel p;
  p.id = s.id<ParcelId>(0);
  p.account = s.id<AccountId>(1);
  p.order = s.id<OrderId>(2);
  p.warehouse = s.id<WarehouseId>(3);
  p.state = parcel_state_named(s.view(4)).value_or(ParcelState::planned);
  p.service = s.id<ServiceId>(5);
  p.carton = s.id<CartonId>(6);
  p.layout = s.text(7);
  p.size = size_at(s, 8);
  p.estimated = Weight::micrograms(s.integer(11));
  if (!s.is_null(12)) p.actual = Weight::micrograms(s.integer(12));
  p.cost = money_at(s, 13, 14);
  p.on_time_ppm = s.integer_if(15);
  p.reason = s.text(16);
  p.ready_by = s.instant_if(17);
  p.arrive_from = day_if(s, 18);
  p.arrive_to = day_if(s, 19);
  p.wave = s.id<WaveId>(20);
  p.handover = s.id<HandoverId>(21);
  p.picked_at = s.instant_if(22);
  p.packed_at = s.instant_if(23);
  p.packed_by = s.text(24);
  p.override_reason = s.text(25);
  p.dispatched_at = s.instant_if(26);
  p.delivered_at = s.instant_if(27);
  p.first_scan_at = s.instant_if(28);
  p.last_scan_at = s.instant_if(29);
  p.tracking_state = s.text(30);
  p.tracked_at = s.instant_if(31);
  p.confirm_state = s.text(32);
  p.confirm_error = s.text(33);
  p.confirmed_at = s.instant_if(34);
  p.created_at = s.instant(35);
  p.updated_at = s.instant(36);
  return p;
}

constexpr const char* kLabelColumns =
    "id, parcel_id, order_id, attempt, state, service_id, carrier_id, carrier_name, service_name, tracking_number, verdict, cost, currency, bought_at, voided_at, printed_at, print_count";

Label label_at(const Statement& s) {
  Label l;
  l.id = s.id<LabelId>(0);
  l.parcel = s.id<ParcelId>(1);
  l.order = s.id<OrderId>(2);
  l.attempt = static_cast<int>(s.integer(3));
  l.state = s.text(4);
  l.service = s.id<ServiceId>(5);
  l.carrier_id = s.text(6);
  l.carrier_name = s.text(7);
  l.service_name = s.text(8);
  l.tracking_number = s.text(9);
  l.verdict = s.text(10);
  l.cost = money_at(s, 11, 12);
  l.bought_at = s.instant(13);
  l.voided_at = s.instant_if(14);
  l.printed_at = s.instant_if(15);
  l.print_count = static_cast<int>(s.integer(16));
  return l;
}

constexpr const char* kConfirmationColumns =
    "parcel_id, account_id, order_id, label_id, state, via, carrier_code, carrier_name, method, tracking_number, asked_at, confirmed_at, first_confirmed_at, edits, request_id";

StoredConfirmation confirmation_at(const Statement& s) {
  StoredConfirmation k;
  k.parcel = s.id<ParcelId>(0);
  k.account = s.id<AccountId>(1);
  k.order = s.id<OrderId>(2);
  k.label = s.id<LabelId>(3);
  k.state = s.text(4);
  k.via = s.text(5);
  k.carrier_code = s.text(6);
  k.carrier_name = s.text(7);
  k.method = s.text(8);
  k.tracking_number = s.text(9);
  k.asked_at = s.instant(10);
  k.confirmed_at = s.instant_if(11);
  k.first_confirmed_at = s.instant_if(12);
  k.edits = static_cast<int>(s.integer(13));
  k.request_id = s.text(14);
  return k;
}

class SqlParcels final : public ParcelStore {
 public:
  explicit SqlParcels(Connection& c) : c_(c) {}

  Result<ParcelId> insert(const Parcel& p) override {
    ParcelId id;
    {
      Statement s = TRY(c_.prepare(
          "INSERT INTO parcel (account_id, order_id, warehouse_id, state, service_id, carton_id, layout, length_um, width_um, height_um, estimated_ug, actual_ug, cost, currency, on_time_ppm, reason, ready_by, arrive_from, "
          "arrive_to, wave_id, handover_id, picked_at, packed_at, packed_by, override_reason, dispatched_at, delivered_at, first_scan_at, last_scan_at, tracking_state, tracked_at, confirm_state, confirm_error, confirmed_at, "
          "created_at, updated_at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) RETURNING id"));
      s.with(p.account, p.order);
      bind(s, p);
      s.with(p.created_at, p.updated_at);
      if (!TRY(s.step())) return corrupt("store.failed", "The parcel was not stored.");
      id = s.id<ParcelId>(0);
    }
    for (const ParcelItem& item : p.items) TRY(insert_item(id, item));
    return id;
  }

  Result<Done> update(const Parcel& p) override {
    {
      Statement s = TRY(c_.prepare(
          "UPDATE parcel SET warehouse_id=?, state=?, service_id=?, carton_id=?, layout=?, length_um=?, width_um=?, height_um=?, estimated_ug=?, actual_ug=?, cost=?, currency=?, on_time_ppm=?, reason=?, ready_by=?, "
          "arrive_from=?, arrive_to=?, wave_id=?, handover_id=?, picked_at=?, packed_at=?, packed_by=?, override_reason=?, dispatched_at=?, delivered_at=?, first_scan_at=?, last_scan_at=?, tracking_state=?, tracked_at=?, "
          "confirm_state=?, confirm_error=?, confirmed_at=?, updated_at=? WHERE id=?"));
      bind(s, p);
      s.with(p.updated_at, p.id);
      TRY(s.run());
    }
    for (const ParcelItem& item : p.items)
      TRY(c_.execute("UPDATE parcel_item SET quantity=?, units=?, verified=? WHERE parcel_id=? AND order_item_id=?", item.quantity, item.units, item.verified, p.id, item.item));
    return done;
  }

  Result<Parcel> find(ParcelId id) override {
    std::vector<Parcel> found = TRY(several("WHERE p.id=?", id.value()));
    if (found.empty()) return not_found("parcel.unknown", "There is no parcel P" + std::to_string(id.value()) + ".");
    return std::move(found.front());
  }
  Result<std::vector<Parcel>> several(const std::vector<ParcelId>& ids) override {
    std::vector<Parcel> found = TRY(listed("p.id IN (" + id_list(ids) + ")"));
    std::unordered_map<std::int64_t, std::size_t> place;
    for (std::size_t i = 0; i < ids.size(); ++i) place.emplace(ids[i].value(), i);
    std::sort(found.begin(), found.end(), [&](const Parcel& a, const Parcel& b) { return place[a.id.value()] < place[b.id.value()]; });
    return found;
  }
  Result<std::vector<Parcel>> of_orders(const std::vector<OrderId>& ids) override { return listed("p.order_id IN (" + id_list(ids) + ")"); }
  Result<std::vector<Parcel>> of_order(OrderId id) override { return several("WHERE p.order_id=? ORDER BY p.id", id.value()); }
  Result<std::vector<Parcel>> of_wave(WaveId id) override { return several("WHERE p.wave_id=? ORDER BY p.id", id.value()); }
  Result<std::vector<Parcel>> of_waves(const std::vector<WaveId>& ids) override { return listed("p.wave_id IN (" + id_list(ids) + ")"); }
  Result<std::vector<Parcel>> of_handovers(const std::vector<HandoverId>& ids) override { return listed("p.handover_id IN (" + id_list(ids) + ")"); }
  Result<std::vector<Parcel>> of_handover(HandoverId id) override { return several("WHERE p.handover_id=? ORDER BY p.id", id.value()); }

  Result<Page<Parcel>> list(const ParcelFilter& f, std::string_view after, int limit) override {
    std::string where = "p.state<>'cancelled'";
    std::vector<std::int64_t> numbers;
    if (f.tracking == "exception") where += " AND p.tracking_state IN ('exception','delivery_failed','returning','returned','refused','lost','damaged','expired')";
    else if (f.tracking == "no_scan") where += " AND p.state='dispatched' AND p.first_scan_at IS NULL";
    else if (f.tracking == "in_transit") where += " AND p.state='dispatched'";
    else if (f.tracking == "delivered") where += " AND p.state='delivered'";
    else where += " AND p.state IN ('dispatched','delivered','returned','lost')";
    if (f.account) where += " AND p.account_id=" + std::to_string(f.account->value());
    if (f.wave) where += " AND p.wave_id=" + std::to_string(f.wave->value());
    if (f.handover) where += " AND p.handover_id=" + std::to_string(f.handover->value());
    if (!f.carrier.empty()) where += " AND EXISTS (SELECT 1 FROM label l WHERE l.parcel_id=p.id AND l.state='bought' AND l.carrier_id=?)";
    const std::string word(trim(f.search));
    if (!word.empty()) where += " AND (p.order_id IN (SELECT id FROM orders WHERE amazon_order_id=?) OR p.id IN (SELECT parcel_id FROM label WHERE tracking_number>=? AND tracking_number<?))";
    if (!after.empty()) {
      const auto id = to_int(after);
      if (!id) return invalid("list.bad_cursor", "The cursor \"" + printable(after, 40) + "\" is not one this list gave; start from the first page.");
      where += " AND p.id<" + std::to_string(*id);
    }
    Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kColumns + " FROM parcel p WHERE " + where + " ORDER BY p.id DESC LIMIT " + std::to_string(limit + 1)));
    if (!f.carrier.empty()) s.add(f.carrier);
    if (!word.empty()) s.with(word, upper(word), after_prefix(upper(word)));
    Page<Parcel> page;
    while (TRY(s.step())) {
      if (static_cast<int>(page.rows.size()) == limit) {
        page.next = std::to_string(page.rows.back().id.value());
        break;
      }
      page.rows.push_back(parcel_at(s));
    }
    TRY(add_items(page.rows));
    return page;
  }

  Result<std::vector<Parcel>> to_track(Instant before, int limit) override {
    std::vector<Parcel> found;
    {
      Statement s = TRY(c_.prepare(std::string("SELECT ") + kColumns + " FROM parcel p WHERE p.state='dispatched' AND (p.tracked_at IS NULL OR p.tracked_at<?) ORDER BY coalesce(p.tracked_at, 0), p.id LIMIT ?"));
      s.with(before, limit);
      while (TRY(s.step())) found.push_back(parcel_at(s));
    }
    TRY(add_items(found));
    return found;
  }

  Result<std::optional<Parcel>> to_pack_with(ProductId product) override {
    std::vector<Parcel> found = TRY(several(
        "JOIN orders o ON o.id=p.order_id WHERE p.state='planned' AND o.on_hold=0 AND o.state IN ('to_label','to_print','to_pack') AND EXISTS (SELECT 1 FROM parcel_item i WHERE i.parcel_id=p.id AND i.product_id=? AND "
        "i.verified<i.units) ORDER BY CASE WHEN p.picked_at IS NULL THEN 1 ELSE 0 END, o.due, p.id LIMIT 1",
        product.value()));
    if (found.empty()) return std::optional<Parcel>();
    return std::optional(std::move(found.front()));
  }

  Result<LabelId> insert_label(const Label& l) override {
    Statement s = TRY(c_.prepare(
        "INSERT INTO label (parcel_id, order_id, attempt, state, service_id, carrier_id, carrier_name, service_name, tracking_number, verdict, cost, currency, bought_at, print_count) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?) "
        "RETURNING id"));
    s.with(l.parcel, l.order, l.attempt, l.state, l.service, l.carrier_id, l.carrier_name, l.service_name, l.tracking_number, l.verdict, minor(l.cost), currency(l.cost), l.bought_at, l.print_count);
    const Result<bool> row = c_.attempt([&] { return s.step(); });
    if (!row && row.error().code == "store.constraint")
      return conflict("label.already_used", "Tracking number " + printable(l.tracking_number, 64) + " is on another label already, or this parcel has a label; void that one first.");
    if (!row) return row.error();
    return s.id<LabelId>(0);
  }
  Result<Done> update_label(const Label& l) override {
    TRY(c_.execute("UPDATE label SET state=?, voided_at=?, printed_at=?, print_count=? WHERE id=?", l.state, l.voided_at, l.printed_at, l.print_count, l.id));
    return done;
  }
  Result<std::optional<Label>> live_label(ParcelId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kLabelColumns + " FROM label WHERE parcel_id=? AND state='bought'"));
    s.add(id);
    if (!TRY(s.step())) return std::optional<Label>();
    return std::optional(label_at(s));
  }
  Result<std::vector<Label>> live_labels(const std::vector<ParcelId>& ids) override {
    Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kLabelColumns + " FROM label WHERE state='bought' AND parcel_id IN (" + id_list(ids) + ")"));
    std::vector<Label> labels;
    while (TRY(s.step())) labels.push_back(label_at(s));
    return labels;
  }
  Result<std::vector<Label>> labels(OrderId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kLabelColumns + " FROM label WHERE order_id=? ORDER BY id"));
    s.add(id);
    std::vector<Label> labels;
    while (TRY(s.step())) labels.push_back(label_at(s));
    return labels;
  }
  Result<std::vector<Label>> with_tracking_number(std::string_view tracking_number) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kLabelColumns + " FROM label WHERE tracking_number=? AND state='bought'"));
    s.add(upper(trim(tracking_number)));
    std::vector<Label> labels;
    while (TRY(s.step())) labels.push_back(label_at(s));
    return labels;
  }
  Result<int> label_attempts(ParcelId id) override {
    Statement s = TRY(c_.prepare("SELECT count(*) FROM label WHERE parcel_id=?"));
    s.add(id);
    if (!TRY(s.step())) return 0;
    return static_cast<int>(s.integer(0));
  }

  Result<std::optional<StoredConfirmation>> confirmation(ParcelId id) override {
    Statement s = TRY(c_.prepare(std::string("SELECT ") + kConfirmationColumns + " FROM confirmation WHERE parcel_id=?"));
    s.add(id);
    if (!TRY(s.step())) return std::optional<StoredConfirmation>();
    return std::optional(confirmation_at(s));
  }
  Result<std::vector<StoredConfirmation>> confirmations(const std::vector<ParcelId>& ids) override {
    Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kConfirmationColumns + " FROM confirmation WHERE parcel_id IN (" + id_list(ids) + ")"));
    std::vector<StoredConfirmation> all;
    while (TRY(s.step())) all.push_back(confirmation_at(s));
    return all;
  }
  Result<Done> save_confirmation(const StoredConfirmation& k) override {
    TRY(c_.execute(
        "INSERT INTO confirmation (parcel_id, account_id, order_id, label_id, state, via, carrier_code, carrier_name, method, tracking_number, asked_at, confirmed_at, first_confirmed_at, edits, request_id) VALUES "
        "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (parcel_id) DO UPDATE SET label_id=excluded.label_id, state=excluded.state, via=excluded.via, carrier_code=excluded.carrier_code, carrier_name=excluded.carrier_name, "
        "method=excluded.method, tracking_number=excluded.tracking_number, asked_at=excluded.asked_at, confirmed_at=excluded.confirmed_at, first_confirmed_at=excluded.first_confirmed_at, edits=excluded.edits, "
        "request_id=excluded.request_id",
        k.parcel, k.account, k.order, k.label, k.state, k.via, k.carrier_code, k.carrier_name, k.method, k.tracking_number, k.asked_at, k.confirmed_at, k.first_confirmed_at, k.edits, k.request_id));
    return done;
  }

  Result<bool> add_scan(ParcelId id, const Scan& scan, Instant seen_at) override {
    const std::int64_t added = TRY(c_.execute("INSERT INTO scan (parcel_id, at, state, code, text, place, source, seen_at) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING", id, scan.at, scan.state, scan.code, scan.text, scan.place,
                                              scan.source, seen_at));
    return added > 0;
  }
  Result<std::vector<Scan>> scans(ParcelId id) override {
    Statement s = TRY(c_.prepare("SELECT at, state, code, text, place, source FROM scan WHERE parcel_id=? ORDER BY at, id"));
    s.add(id);
    std::vector<Scan> scans;
    while (TRY(s.step())) scans.push_back({s.instant(0), s.text(1), s.text(2), s.text(3), s.text(4), s.text(5)});
    return scans;
  }

  Result<std::vector<std::pair<ParcelId, Scan>>> scans_of(const std::vector<ParcelId>& ids) override {
    Statement s = TRY(c_.prepare_once("SELECT parcel_id, at, state, code, text, place, source FROM scan WHERE parcel_id IN (" + id_list(ids) + ") ORDER BY parcel_id, at, id"));
    std::vector<std::pair<ParcelId, Scan>> scans;
    while (TRY(s.step())) scans.emplace_back(s.id<ParcelId>(0), Scan{s.instant(1), s.text(2), s.text(3), s.text(4), s.text(5), s.text(6)});
    return scans;
  }

  Result<Standing> standing(Instant unscanned_since, Instant delivered_since) override {
    Standing standing;
    {
      Statement s = TRY(c_.prepare(
          "SELECT count(*), sum(CASE WHEN tracking_state IN ('exception','delivery_failed','returning','returned','refused','lost','damaged','expired') THEN 1 ELSE 0 END), sum(CASE WHEN first_scan_at IS NULL AND "
          "dispatched_at<? THEN 1 ELSE 0 END) FROM parcel WHERE state='dispatched'"));
      s.add(unscanned_since);
      if (TRY(s.step())) {
        standing.in_transit = s.integer(0);
        standing.exception = s.integer(1);
        standing.no_scan = s.integer(2);
      }
    }
    {
      Statement s = TRY(c_.prepare("SELECT count(*) FROM parcel WHERE state='delivered' AND delivered_at>=?"));
      s.add(delivered_since);
      if (TRY(s.step())) standing.delivered = s.integer(0);
    }
    Statement s = TRY(c_.prepare("SELECT confirm_state, count(*), min(dispatched_at) FROM parcel WHERE confirm_state IN ('due','failed','unsure') AND state<>'cancelled' GROUP BY confirm_state"));
    while (TRY(s.step())) {
      if (s.view(0) == "failed") standing.failed = s.integer(1);
      else if (s.view(0) == "unsure") standing.unsure = s.integer(1);
      else {
        standing.to_confirm = s.integer(1);
        standing.oldest_to_confirm = s.instant_if(2);
      }
    }
    return standing;
  }

  Result<std::vector<HealthRow>> health_rows(AccountId account, Instant purchased_from) override {
    // An order is delivered, and scanned, when its last parcel is.
    Statement s = TRY(c_.prepare(
        "SELECT o.id, o.amazon_order_id, o.marketplace_id, o.cancelled_by, o.purchased_at, o.ship_by, o.deliver_by, o.confirmed_at, o.cancelled_at, o.units, min(p.first_scan_at), max(p.delivered_at), count(p.id), "
        "count(p.delivered_at), count(p.first_scan_at), min(CASE WHEN l.verdict='valid' THEN 1 ELSE 0 END) FROM orders o LEFT JOIN parcel p ON p.order_id=o.id AND p.state<>'cancelled' LEFT JOIN label l ON l.parcel_id=p.id AND "
        "l.state='bought' WHERE o.account_id=? AND o.by_amazon=0 AND o.purchased_at>=? GROUP BY o.id ORDER BY o.id"));
    s.with(account, purchased_from);
    std::vector<HealthRow> rows;
    while (TRY(s.step())) {
      HealthRow r{.order = s.id<OrderId>(0), .amazon_order_id = s.text(1), .marketplace_id = s.text(2), .cancelled_by = s.text(3), .purchased_at = s.instant(4)};
      r.ship_by = s.instant_if(5);
      r.deliver_by = s.instant_if(6);
      r.confirmed_at = s.instant_if(7);
      r.cancelled_at = s.instant_if(8);
      r.units = s.integer(9);
      if (s.integer(12) > 0 && s.integer(14) == s.integer(12)) r.first_scan_at = s.instant_if(10);
      if (s.integer(12) > 0 && s.integer(13) == s.integer(12)) r.delivered_at = s.instant_if(11);
      r.tracking_valid = s.integer(12) > 0 && s.integer(15) == 1;
      rows.push_back(std::move(r));
    }
    return rows;
  }

 private:
  static void bind(Statement& s, const Parcel& p) {
    s.with(p.warehouse, name_of(p.state)).add_or_null(p.service).add_or_null(p.carton);
    s.with(p.layout, p.size.length.micrometres(), p.size.width.micrometres(), p.size.height.micrometres(), p.estimated.micrograms());
    s.add(p.actual ? std::optional(p.actual->micrograms()) : std::nullopt);
    s.with(minor(p.cost), currency(p.cost), p.on_time_ppm, p.reason, p.ready_by, number(p.arrive_from), number(p.arrive_to));
    s.add_or_null(p.wave).add_or_null(p.handover);
    s.with(p.picked_at, p.packed_at, p.packed_by, p.override_reason, p.dispatched_at, p.delivered_at, p.first_scan_at, p.last_scan_at, p.tracking_state, p.tracked_at, p.confirm_state, p.confirm_error, p.confirmed_at);
  }

  Result<Done> insert_item(ParcelId id, const ParcelItem& item) {
    TRY(c_.execute("INSERT INTO parcel_item (parcel_id, order_item_id, product_id, quantity, units, verified) VALUES (?,?,?,?,?,?)", id, item.item, item.product, item.quantity, item.units, item.verified));
    return done;
  }

  Result<std::vector<Parcel>> several(const char* rest, std::int64_t value) {
    std::vector<Parcel> found;
    {
      Statement s = TRY(c_.prepare(std::string("SELECT ") + kColumns + " FROM parcel p " + rest));
      s.add(value);
      while (TRY(s.step())) found.push_back(parcel_at(s));
    }
    TRY(add_items(found));
    return found;
  }

  Result<std::vector<Parcel>> listed(const std::string& where) {
    std::vector<Parcel> found;
    {
      Statement s = TRY(c_.prepare_once(std::string("SELECT ") + kColumns + " FROM parcel p WHERE " + where + " ORDER BY p.id"));
      while (TRY(s.step())) found.push_back(parcel_at(s));
    }
    TRY(add_items(found));
    return found;
  }

  // One query for a page of parcels; a prepared one for a few.
  Result<Done> add_items(std::vector<Parcel>& parcels) {
    if (parcels.size() <= 3) {
      for (Parcel& p : parcels) {
        Statement s = TRY(c_.prepare("SELECT order_item_id, product_id, quantity, units, verified FROM parcel_item WHERE parcel_id=? ORDER BY order_item_id"));
        s.add(p.id);
        while (TRY(s.step())) p.items.push_back({s.id<OrderItemId>(0), s.id<ProductId>(1), s.integer(2), s.integer(3), s.integer(4)});
      }
      return done;
    }
    std::unordered_map<std::int64_t, Parcel*> by_id;
    std::vector<ParcelId> ids;
    for (Parcel& p : parcels) {
      by_id.emplace(p.id.value(), &p);
      ids.push_back(p.id);
    }
    Statement s = TRY(c_.prepare_once("SELECT parcel_id, order_item_id, product_id, quantity, units, verified FROM parcel_item WHERE parcel_id IN (" + id_list(ids) + ") ORDER BY parcel_id, order_item_id"));
    while (TRY(s.step())) by_id[s.integer(0)]->items.push_back({s.id<OrderItemId>(1), s.id<ProductId>(2), s.integer(3), s.integer(4), s.integer(5)});
    return done;
  }

  Connection& c_;
};

}  // namespace

std::unique_ptr<ParcelStore> parcel_store(Connection& connection) { return std::make_unique<SqlParcels>(connection); }

}  // namespace zifa::sql
