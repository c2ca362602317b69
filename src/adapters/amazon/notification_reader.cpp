#include "adapters/amazon/notification_reader.hpp"

#include <cctype>

#include "base/json.hpp"

namespace zifa::amazon {

namespace {

// The value at a path whose every name may begin with a capital or not.
const json::value* find_either(const json::value& from, std::string_view path) {
  const json::value* at = &from;
  while (!path.empty()) {
    const std::size_t dot = path.find('.');
    std::string name(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view() : path.substr(dot + 1);
    const json::object* inside = at->if_object();
    if (inside == nullptr) return nullptr;
    at = inside->if_contains(name);
    if (at == nullptr) {
      name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
      at = inside->if_contains(name);
    }
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::string text_at(const json::value& from, std::string_view path) {
  const json::value* found = find_either(from, path);
  const boost::json::string* text = found == nullptr ? nullptr : found->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::string first_of(std::string a, std::string b) { return a.empty() ? std::move(b) : std::move(a); }

}  // namespace

Notification read_notification(std::string_view body) {
  Notification read;
  const auto parsed = json::parse(body);
  if (!parsed.has_value()) return read;
  const json::value& n = *parsed;
  read.type = text_at(n, "NotificationType");
  if (read.type.empty()) return read;
  read.id = text_at(n, "NotificationMetadata.NotificationId");
  const auto published = Instant::parse(first_of(text_at(n, "NotificationMetadata.PublishTime"), text_at(n, "EventTime")));
  if (published.has_value()) read.published_at = *published;
  const json::value* payload = find_either(n, "Payload");
  if (payload == nullptr) return read;
  if (read.type == "ORDER_CHANGE") {
    if (const json::value* change = find_either(*payload, "OrderChangeNotification")) {
      read.seller_id = text_at(*change, "SellerId");
      read.amazon_order_id = text_at(*change, "AmazonOrderId");
      read.change = text_at(*change, "OrderChangeType");
      read.marketplace_id = text_at(*change, "Summary.MarketplaceId");
      read.status = text_at(*change, "Summary.OrderStatus");
    }
  } else if (const json::value* feed = find_either(*payload, "FeedProcessingFinishedNotification")) {
    read.seller_id = text_at(*feed, "SellerId");
    read.subject_id = text_at(*feed, "FeedId");
    read.status = text_at(*feed, "ProcessingStatus");
    read.document_id = text_at(*feed, "ResultFeedDocumentId");
  } else if (const json::value* report = find_either(*payload, "ReportProcessingFinishedNotification")) {
    read.seller_id = text_at(*report, "SellerId");
    read.subject_id = text_at(*report, "ReportId");
    read.status = text_at(*report, "ProcessingStatus");
    read.document_id = text_at(*report, "ReportDocumentId");
  } else {
    read.seller_id = text_at(*payload, "SellerId");
    read.marketplace_id = text_at(*payload, "MarketplaceId");
    read.status = first_of(text_at(*payload, "CurrentAccountStatus"), text_at(*payload, "Status"));
  }
  return read;
}

}  // namespace zifa::amazon
