#include "sandbox/amazon/feed_content.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <pugixml.hpp>
#include <sstream>

#include "base/csv.hpp"
#include "base/json.hpp"
#include "base/text.hpp"
#include "sandbox/amazon/flat_file.hpp"

namespace zifa::sandbox {

namespace {

// Dead since 2025-07-31 (docs/rules/spapi_sandbox.md, "Feeds").
constexpr std::array<std::string_view, 13> kDead{"POST_PRODUCT_DATA", "POST_INVENTORY_AVAILABILITY_DATA", "POST_PRODUCT_PRICING_DATA", "POST_PRODUCT_IMAGE_DATA", "POST_PRODUCT_RELATIONSHIP_DATA",
    "POST_PRODUCT_OVERRIDES_DATA", "POST_FLAT_FILE_INVLOADER_DATA", "POST_FLAT_FILE_LISTINGS_DATA", "POST_FLAT_FILE_BOOKLOADER_DATA", "POST_FLAT_FILE_CONVERGENCE_LISTINGS_DATA",
    "POST_FLAT_FILE_PRICEANDQUANTITYONLY_UPDATE_DATA", "POST_UIEE_BOOKLOADER_DATA", "POST_STD_ACES_DATA"};

using Fields = std::map<std::string, std::string>;

// The rows behind the header line, which is the first one that names an order id; templates put lines before it.
struct FlatRow {
  std::int64_t record;
  Fields fields;
};
std::optional<std::vector<FlatRow>> read_flat(std::string_view document) {
  std::istringstream in{std::string(document)};
  CsvReader reader(in, {.separator = '\t', .quoting = false});
  std::vector<std::string> header;
  std::vector<FlatRow> rows;
  std::int64_t record = 0;
  for (CsvReader::Step step = reader.next(); step != CsvReader::Step::end; step = reader.next()) {
    if (step == CsvReader::Step::bad_row) {
      if (!header.empty()) rows.push_back({++record, {}});
      continue;
    }
    if (header.empty()) {
      std::vector<std::string> names;
      for (const std::string_view field : reader.fields()) names.push_back(lower(trim(field)));
      if (std::find(names.begin(), names.end(), "order-id") != names.end()) header = std::move(names);
      continue;
    }
    FlatRow row{++record, {}};
    for (std::size_t i = 0; i < reader.fields().size() && i < header.size(); ++i) row.fields[header[i]] = std::string(trim(reader.fields()[i]));
    rows.push_back(std::move(row));
  }
  return header.empty() ? std::nullopt : std::optional(std::move(rows));
}

FeedOutcome fatal(std::string_view message) {
  Tally tally{.processed = 0, .problems = {{0, "", "90057", std::string(message)}}};
  return {.fatal = true, .content_type = "text/plain; charset=UTF-8", .report = flat_processing_report(tally)};
}

using FlatWork = std::function<void(World&, const Feed&, const std::vector<FlatRow>&, Tally&)>;

FeedOutcome run_flat(World& world, const Feed& feed, std::string_view document, const FlatWork& work) {
  const std::optional<std::vector<FlatRow>> rows = read_flat(document);
  if (!rows) return fatal("The file has no header line with the column order-id.");
  Tally tally{.processed = static_cast<std::int64_t>(rows->size()), .problems = {}};
  work(world, feed, *rows, tally);
  return {.fatal = false, .content_type = "text/plain; charset=UTF-8", .report = flat_processing_report(tally)};
}

void note(Tally& tally, std::int64_t record, std::optional<RowProblem> problem) {
  if (!problem) return;
  problem->record = record;
  tally.problems.push_back(std::move(*problem));
}

std::string field(const Fields& fields, const char* name) {
  const auto found = fields.find(name);
  return found == fields.end() ? std::string() : found->second;
}

void flat_shipments(World& world, const Feed& feed, const std::vector<FlatRow>& rows, Tally& tally) {
  for (std::size_t i = 0; i < rows.size();) {
    const auto shipped = [](const Fields& f) {
      ShippedRow row{field(f, "order-id"), field(f, "order-item-id"), field(f, "quantity"), field(f, "ship-date"), field(f, "carrier-code"), field(f, "carrier-name"),
                     field(f, "tracking-number"), field(f, "ship-method"), field(f, "ship_from_supply_source_id")};
      return row;
    };
    // Neighbouring rows of one order with one number are one package.
    std::vector<ShippedRow> package{shipped(rows[i].fields)};
    std::size_t next = i + 1;
    for (; next < rows.size(); ++next) {
      const ShippedRow other = shipped(rows[next].fields);
      const ShippedRow& first = package.front();
      if (other.order_id != first.order_id || other.number != first.number || other.carrier_code != first.carrier_code || other.item_id == first.item_id || other.item_id.empty()) break;
      package.push_back(other);
    }
    if (package.size() > 1 && ship_rows(world, *feed.account, package)) {
      // Something is wrong with one of them: take them one by one, so that the good ones go through.
      for (std::size_t k = 0; k < package.size(); ++k) note(tally, rows[i + k].record, ship_rows(world, *feed.account, {package[k]}));
    } else if (package.size() == 1) {
      note(tally, rows[i].record, ship_rows(world, *feed.account, package));
    }
    i = next;
  }
}

void flat_cancellations(World& world, const Feed& feed, const std::vector<FlatRow>& rows, Tally& tally) {
  for (const FlatRow& row : rows)
    note(tally, row.record, cancel_row(world, *feed.account, field(row.fields, "order-id"), field(row.fields, "amazon-order-item-code"), field(row.fields, "cancellation-reason-code")));
}

void flat_refunds(World& world, const Feed& feed, const std::vector<FlatRow>& rows, Tally& tally) {
  for (const FlatRow& row : rows) {
    const Fields& f = row.fields;
    note(tally, row.record, refund_row(world, *feed.account, {field(f, "order-id"), field(f, "order-item-id"), field(f, "adjustment-reason-code"), field(f, "currency"), field(f, "item-price-adj"),
                                                              field(f, "item-tax-adj"), field(f, "shipping-price-adj"), field(f, "shipping-tax-adj")}));
  }
}

// Feeds whose effect nobody can see through the API: each record must name an order of the seller.
std::optional<RowProblem> only_known(World& world, const Account& account, const std::string& order_id) {
  const Order* order = world.find_order(order_id);
  if (order != nullptr && order->account == &account) return std::nullopt;
  return RowProblem{0, "", "79517", "Order Id " + printable(order_id, 60) + " is invalid."};
}
void flat_known_orders(World& world, const Feed& feed, const std::vector<FlatRow>& rows, Tally& tally) {
  for (const FlatRow& row : rows) note(tally, row.record, only_known(world, *feed.account, field(row.fields, "order-id")));
}

std::string text_of(const pugi::xml_node& node, const char* name) { return std::string(trim(node.child(name).text().get())); }

using XmlWork = std::function<std::optional<RowProblem>(World&, const Feed&, const pugi::xml_node& message)>;

FeedOutcome run_xml(World& world, const Feed& feed, std::string_view document, const XmlWork& work) {
  pugi::xml_document parsed;
  const pugi::xml_parse_result result = parsed.load_buffer(document.data(), document.size());
  const pugi::xml_node envelope = parsed.child("AmazonEnvelope");
  if (!result || !envelope) return fatal("The document is not an AmazonEnvelope in XML.");
  Tally tally;
  for (const pugi::xml_node message : envelope.children("Message")) {
    ++tally.processed;
    note(tally, to_int(text_of(message, "MessageID")).value_or(tally.processed), work(world, feed, message));
  }
  return {.fatal = false, .content_type = "text/xml; charset=UTF-8", .report = xml_processing_report(feed, tally)};
}

std::optional<RowProblem> xml_shipment(World& world, const Feed& feed, const pugi::xml_node& message) {
  const pugi::xml_node shipment = message.child("OrderFulfillment"), data = shipment.child("FulfillmentData");
  ShippedRow base{text_of(shipment, "AmazonOrderID"), "", "", text_of(shipment, "FulfillmentDate"), text_of(data, "CarrierCode"), text_of(data, "CarrierName"),
                  text_of(data, "ShipperTrackingNumber"), text_of(data, "ShippingMethod"), text_of(shipment, "ShipFromSupplySourceId")};
  std::vector<ShippedRow> rows;
  for (const pugi::xml_node item : shipment.children("Item")) {
    rows.push_back(base);
    rows.back().item_id = text_of(item, "AmazonOrderItemCode");
    rows.back().quantity = text_of(item, "Quantity");
  }
  if (rows.empty()) rows.push_back(base);
  return ship_rows(world, *feed.account, rows);
}

std::optional<RowProblem> xml_acknowledgement(World& world, const Feed& feed, const pugi::xml_node& message) {
  const pugi::xml_node acknowledgement = message.child("OrderAcknowledgement");
  const std::string id = text_of(acknowledgement, "AmazonOrderID"), status = text_of(acknowledgement, "StatusCode");
  if (status == "Success") return only_known(world, *feed.account, id);
  if (status != "Failure") return RowProblem{0, "", "18030", "StatusCode must be Success or Failure for order " + printable(id, 60) + "."};
  std::optional<RowProblem> first_problem;
  bool any = false;
  for (const pugi::xml_node item : acknowledgement.children("Item")) {
    any = true;
    std::optional<RowProblem> problem = cancel_row(world, *feed.account, id, text_of(item, "AmazonOrderItemCode"), text_of(item, "CancelReason"));
    if (problem && !first_problem) first_problem = std::move(problem);
  }
  if (!any) return cancel_row(world, *feed.account, id, "", text_of(acknowledgement, "CancelReason").empty() ? "GeneralAdjustment" : text_of(acknowledgement, "CancelReason"));
  return first_problem;
}

std::optional<RowProblem> xml_refund(World& world, const Feed& feed, const pugi::xml_node& message) {
  const pugi::xml_node adjustment = message.child("OrderAdjustment");
  std::optional<RowProblem> first_problem;
  for (const pugi::xml_node item : adjustment.children("AdjustedItem")) {
    RefundRow row{text_of(adjustment, "AmazonOrderID"), text_of(item, "AmazonOrderItemCode"), text_of(item, "AdjustmentReason"), "", "", "", "", ""};
    for (const pugi::xml_node component : item.child("ItemPriceAdjustments").children("Component")) {
      const std::string type = text_of(component, "Type"), amount = text_of(component, "Amount");
      row.currency = component.child("Amount").attribute("currency").value();
      if (type == "Principal") row.item_price = amount;
      else if (type == "Tax") row.item_tax = amount;
      else if (type == "Shipping") row.shipping = amount;
      else if (type == "ShippingTax") row.shipping_tax = amount;
    }
    std::optional<RowProblem> problem = refund_row(world, *feed.account, row);
    if (problem && !first_problem) first_problem = std::move(problem);
  }
  return first_problem;
}

std::optional<RowProblem> xml_known_order(World& world, const Feed& feed, const pugi::xml_node& message) {
  for (const pugi::xml_node body : message.children())
    if (const std::string id = text_of(body, "AmazonOrderID"); !id.empty()) return only_known(world, *feed.account, id);
  return only_known(world, *feed.account, "");
}

// A VAT invoice is a PDF; its order stands in the feed's options, "metadata:OrderId".
FeedOutcome vat_invoice(World& world, const Feed& feed, std::string_view) {
  Result<json::value> options = json::parse(feed.options);
  std::string id;
  if (options)
    for (const char* name : {"metadata:OrderId", "metadata:orderid", "OrderId"})
      if (const json::object* object = options->if_object(); object != nullptr && object->contains(name) && object->at(name).is_string()) id = std::string(object->at(name).get_string());
  Tally tally{.processed = 1, .problems = {}};
  note(tally, 1, only_known(world, *feed.account, id));
  return {.fatal = false, .content_type = "text/xml; charset=UTF-8", .report = xml_processing_report(feed, tally)};
}

struct FeedType {
  std::string_view name;
  std::function<FeedOutcome(World&, const Feed&, std::string_view)> process;
};

const std::vector<FeedType>& feed_types() {
  const auto flat = [](FlatWork work) { return [work](World& world, const Feed& feed, std::string_view document) { return run_flat(world, feed, document, work); }; };
  const auto xml = [](XmlWork work) { return [work](World& world, const Feed& feed, std::string_view document) { return run_xml(world, feed, document, work); }; };
  static const std::vector<FeedType> all{
      {"JSON_LISTINGS_FEED", process_listings_feed},
      {"POST_ORDER_FULFILLMENT_DATA", xml(xml_shipment)},
      {"POST_FLAT_FILE_FULFILLMENT_DATA", flat(flat_shipments)},
      {"POST_ORDER_ACKNOWLEDGEMENT_DATA", xml(xml_acknowledgement)},
      {"POST_FLAT_FILE_ORDER_ACKNOWLEDGEMENT_DATA", flat(flat_cancellations)},
      {"POST_PAYMENT_ADJUSTMENT_DATA", xml(xml_refund)},
      {"POST_FLAT_FILE_PAYMENT_ADJUSTMENT_DATA", flat(flat_refunds)},
      {"POST_INVOICE_CONFIRMATION_DATA", xml(xml_known_order)},
      {"POST_EXPECTED_SHIP_DATE_SOD", xml(xml_known_order)},
      {"POST_EXPECTED_SHIP_DATE_SOD_FLAT_FILE", flat(flat_known_orders)},
      {"POST_EASYSHIP_DOCUMENTS", xml(xml_known_order)},
      {"UPLOAD_VAT_INVOICE", vat_invoice},
  };
  return all;
}

bool is_dead(std::string_view type) { return std::find(kDead.begin(), kDead.end(), type) != kDead.end(); }

}  // namespace

std::string flat_processing_report(const Tally& tally) {
  std::int64_t bad = 0, last = -1;
  for (const RowProblem& problem : tally.problems) bad += std::exchange(last, problem.record) != problem.record ? 1 : 0;
  FlatFile table({"original-record-number", "sku", "error-code", "error-type", "error-message"});
  for (const RowProblem& problem : tally.problems) table.add({std::to_string(problem.record), problem.sku, problem.code, "Error", problem.message});
  return "Feed Processing Summary:\n\tNumber of records processed\t\t" + std::to_string(tally.processed) + "\n\tNumber of records successful\t\t" +
         std::to_string(std::max<std::int64_t>(0, tally.processed - bad)) + "\n\n" + table.take();
}

std::string xml_processing_report(const Feed& feed, const Tally& tally) {
  pugi::xml_document document;
  pugi::xml_node envelope = document.append_child("AmazonEnvelope");
  const auto put = [](pugi::xml_node parent, const char* name, const std::string& text) { parent.append_child(name).text().set(text.c_str()); };
  pugi::xml_node header = envelope.append_child("Header");
  put(header, "DocumentVersion", "1.02");
  put(header, "MerchantIdentifier", feed.account->seller_id);
  put(envelope, "MessageType", "ProcessingReport");
  pugi::xml_node message = envelope.append_child("Message");
  put(message, "MessageID", "1");
  pugi::xml_node report = message.append_child("ProcessingReport");
  put(report, "DocumentTransactionID", feed.id);
  put(report, "StatusCode", "Complete");
  pugi::xml_node summary = report.append_child("ProcessingSummary");
  const std::int64_t bad = static_cast<std::int64_t>(tally.problems.size());
  put(summary, "MessagesProcessed", std::to_string(tally.processed));
  put(summary, "MessagesSuccessful", std::to_string(tally.processed - bad));
  put(summary, "MessagesWithError", std::to_string(bad));
  put(summary, "MessagesWithWarning", "0");
  for (const RowProblem& problem : tally.problems) {
    pugi::xml_node result = report.append_child("Result");
    put(result, "MessageID", std::to_string(problem.record));
    put(result, "ResultCode", "Error");
    put(result, "ResultMessageCode", problem.code);
    put(result, "ResultDescription", problem.message);
  }
  std::ostringstream out;
  document.save(out, "  ");
  return out.str();
}

bool is_feed_type(std::string_view type) {
  return is_dead(type) || std::any_of(feed_types().begin(), feed_types().end(), [&](const FeedType& each) { return each.name == type; });
}

FeedOutcome process_feed(World& world, const Feed& feed, std::string_view document) {
  if (is_dead(feed.type)) return fatal("Feed type " + feed.type + " is no longer supported; use JSON_LISTINGS_FEED.");
  if (document.starts_with("\xEF\xBB\xBF")) document.remove_prefix(3);
  for (const FeedType& type : feed_types())
    if (type.name == feed.type) return type.process(world, feed, document);
  return fatal("Feed type " + feed.type + " is not known.");
}

}  // namespace zifa::sandbox
