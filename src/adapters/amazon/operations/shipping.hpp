// Shipping v2: rates and labels of carriers that Amazon brokers.
#pragma once

#include "adapters/amazon/operation.hpp"
#include "app/ports/buy_shipping.hpp"

namespace zifa::amazon {

// The header that names Amazon Shipping's business in a marketplace; "" where there is none.
std::string shipping_business(std::string_view marketplace_id);

extern const Operation get_rates;
http::Request write_get_rates(const ShippingQuestion& question);
Result<ShippingOffer> read_get_rates(const http::Response& answer);

extern const Operation purchase_shipment;
Result<http::Request> write_purchase_shipment(const LabelPurchase& purchase);
Result<BoughtLabel> read_purchase_shipment(const http::Response& answer);

extern const Operation get_shipment_documents;
http::Request write_get_shipment_documents(std::string_view shipment_id, std::string_view reference, const LabelFormat& format, std::string_view marketplace_id);
Result<BoughtLabel> read_get_shipment_documents(const http::Response& answer);

extern const Operation cancel_shipment;
http::Request write_cancel_shipment(std::string_view shipment_id, std::string_view marketplace_id);
Result<Done> read_cancel_shipment(const http::Response& answer);

}  // namespace zifa::amazon
