// Labels bought from Amazon: Buy Shipping and Shipping v2, and the files they come as.
#include <ReadBarcode.h>

#include "sandbox/amazon/documents.hpp"
#include "sandbox/labels/barcode.hpp"
#include "sandbox/labels/label.hpp"
#include "sandbox/labels/md5.hpp"
#include "tests/sandbox/desk.hpp"

namespace zifa::sandbox {

namespace {

json::object ship_from(std::string_view country) {
  return {{"Name", "Warehouse"}, {"AddressLine1", "1 Dock Rd"}, {"Email", "w@example.com"}, {"City", country == "US" ? "Ontario" : "Shenzhen"}, {"StateOrProvinceCode", country == "US" ? "CA" : "GD"},
          {"PostalCode", country == "US" ? "91761" : "518000"}, {"CountryCode", country}, {"Phone", "5550100"}};
}

json::object mfn_request(const json::value& order, std::string_view format, std::string_view country = "US") {
  json::array items;
  for (const json::value& line : *json::find_array(order, "lines")) items.push_back(json::object{{"OrderItemId", json::get_text(line, "order_item_id")}, {"Quantity", *json::get_int(line, "quantity")}});
  return {{"ShipmentRequestDetails", json::object{{"AmazonOrderId", json::get_text(order, "order_id")}, {"ItemList", std::move(items)}, {"ShipFromAddress", ship_from(country)},
                                                  {"PackageDimensions", json::object{{"Length", 10}, {"Width", 8}, {"Height", 4}, {"Unit", "inches"}}}, {"Weight", json::object{{"Value", 20.5}, {"Unit", "oz"}}},
                                                  {"ShippingServiceOptions", json::object{{"DeliveryExperience", "DeliveryConfirmationWithoutSignature"}, {"CarrierWillPickUp", false}, {"LabelFormat", format}}}}}};
}

// The Merchant Fulfillment operations that show an address take a restricted data token.
Answer restricted(Desk& desk, std::string method, const std::string& path, const json::value& body = nullptr) {
  const std::string seller = desk.token;
  const Answer made = desk.call("POST", "/tokens/2021-03-01/restrictedDataToken", json::object{{"restrictedResources", json::array{json::object{{"method", method}, {"path", path}}}}});
  REQUIRE_MESSAGE(made.status == 200, made.raw.body);
  desk.token = made.text("restrictedDataToken");
  const Answer answer = desk.call(std::move(method), path, body);
  desk.token = seller;
  return answer;
}

json::object rates_request(const json::value& order) {
  const json::object address{{"name", "Warehouse"}, {"addressLine1", "1 Dock Rd"}, {"stateOrRegion", "CA"}, {"city", "Ontario"}, {"countryCode", "US"}, {"postalCode", "91761"}};
  return {{"shipFrom", address},
          {"packages", json::array{json::object{{"dimensions", json::object{{"length", 10}, {"width", 8}, {"height", 4}, {"unit", "INCH"}}}, {"weight", json::object{{"unit", "POUND"}, {"value", 2.5}}}, {"insuredValue", json::object{{"value", 20}, {"unit", "USD"}}},
                                                {"packageClientReferenceId", "box-1"}, {"items", json::array{json::object{{"quantity", 1}, {"itemIdentifier", json::get_text((*json::find_array(order, "lines"))[0], "order_item_id")}}}}}}},
          {"channelDetails", json::object{{"channelType", "AMAZON"}, {"amazonOrderDetails", json::object{{"orderId", json::get_text(order, "order_id")}}}}}};
}

const json::object kOneMug{{"lines", json::array{json::object{{"sku", "YC-MUG-STEEL-16"}, {"quantity", 1}}}}};

}  // namespace

TEST_CASE("the label's bar code holds the tracking number") {
  for (const std::string_view carrier : {"USPS", "UPS", "FEDEX", "YUNEXPRESS", "DHL", "CHINA_POST"}) {
    const std::string number = tracking_number(carrier, 42);
    CAPTURE(number);
    const Bitmap bitmap = draw_bitmap({.carrier = "TEST", .service = "Ground", .tracking_number = number, .from = {"Me", "Here"}, .to = {"You", "There"}, .reference = ""}, 203);
    const ZXing::ImageView image(bitmap.pixels.data(), bitmap.width, bitmap.height, ZXing::ImageFormat::Lum);
    ZXing::DecodeHints hints;
    hints.setFormats(ZXing::BarcodeFormat::Code128);
    const ZXing::Result read = ZXing::ReadBarcode(image, hints);
    CHECK(read.isValid());
    CHECK(std::string(read.bytes().begin(), read.bytes().end()) == number);
  }
}

TEST_CASE("labels come as small real files") {
  const LabelText text{.carrier = "USPS", .service = "Ground Advantage", .tracking_number = "9200190000000000000009", .from = {"Jürgen (Lager)", "Straße 1"}, .to = {"山田 太郎"}, .reference = "111-1-1"};
  const std::string pdf = draw_label(text, LabelFormat::pdf), png = draw_label(text, LabelFormat::png), zpl = draw_label(text, LabelFormat::zpl, 300);
  CHECK(pdf.starts_with("%PDF-1.4"));
  CHECK(pdf.ends_with("%%EOF\n"));
  CHECK(png.starts_with("\x89PNG\r\n"));
  CHECK(zpl.starts_with("^XA"));
  CHECK(zpl.find("^FD9200190000000000000009^FS") != std::string::npos);
  for (const std::string& file : {pdf, png, zpl}) CHECK(file.size() < 40'000);
  CHECK(md5_base64("") == "1B2M2Y8AsgTpgAmY7PhCfg==");
  CHECK(md5_base64("message digest") == "+WtpfXy3k41SWi8xqvFh0A==");
}

TEST_CASE("a label bought through Buy Shipping confirms the order; given back before a scan, it never was") {
  Desk desk;
  const json::value order = desk.order(kOneMug);
  const std::string id = json::get_text(order, "order_id");
  const Answer services = desk.call("POST", "/mfn/v0/eligibleShippingServices", mfn_request(order, "PNG"));
  REQUIRE_MESSAGE(services.status == 200, services.raw.body);
  CHECK(services.list("payload.ShippingServiceList").size() == 5);
  json::object buy = mfn_request(order, "PNG");
  buy["ShippingServiceId"] = json::get_text(services.list("payload.ShippingServiceList")[0], "ShippingServiceId");
  buy["ShippingServiceOfferId"] = json::get_text(services.list("payload.ShippingServiceList")[0], "ShippingServiceOfferId");
  CHECK(desk.call("POST", "/mfn/v0/shipments", buy).status == 403);
  const Answer bought = restricted(desk, "POST", "/mfn/v0/shipments", buy);
  REQUIRE_MESSAGE(bought.status == 200, bought.raw.body);
  const std::string file = *from_base64(bought.text("payload.Label.FileContents.Contents"));
  CHECK(gunzip_if_needed(file)->starts_with("\x89PNG"));
  CHECK(bought.text("payload.Label.FileContents.Checksum") == md5_base64(file));
  CHECK(json::get_text(desk.truth(id), "status") == "SHIPPED");
  CHECK(desk.control("GET", "state").number("labels") == 1);
  CHECK(desk.confirm(order).status == 400);
  const std::string path = "/mfn/v0/shipments/" + bought.text("payload.ShipmentId");
  CHECK(restricted(desk, "GET", path).text("payload.TrackingId") == bought.text("payload.TrackingId"));
  CHECK(restricted(desk, "DELETE", path).text("payload.Status") == "RefundPending");
  CHECK(json::get_text(desk.truth(id), "status") == "UNSHIPPED");
  CHECK(json::find_array(desk.truth(id), "packages")->empty());
  CHECK(desk.control("GET", "state").number("labels") == 0);
  CHECK(desk.confirm(order).status == 204);
  buy.erase("ShippingServiceOfferId");
  CHECK(restricted(desk, "POST", "/mfn/v0/shipments", buy).status == 400);
  desk.wait(86'400);
  CHECK(restricted(desk, "GET", path).text("payload.Status") == "RefundApplied");
}

TEST_CASE("a label that was scanned is not taken back") {
  Desk desk;
  const json::value order = desk.order(kOneMug);
  json::object buy = mfn_request(order, "ZPL203", "CN");
  buy["ShippingServiceId"] = "YUNEXPRESS_PTP_STD";
  const Answer bought = restricted(desk, "POST", "/mfn/v0/shipments", buy);
  REQUIRE_MESSAGE(bought.status == 200, bought.raw.body);
  CHECK(desk.control("POST", "parcels/" + bought.text("payload.TrackingId") + "/scans", json::object{{"code", "accepted"}}).status == 201);
  CHECK(restricted(desk, "DELETE", "/mfn/v0/shipments/" + bought.text("payload.ShipmentId")).text("payload.Status") == "RefundRejected");
  CHECK(json::get_text(desk.truth(json::get_text(order, "order_id")), "status") == "SHIPPED");
}

TEST_CASE("Shipping v2: rates, a purchase within ten minutes, the same key buys once, Ship+ orders too") {
  Desk desk;
  json::object wish = kOneMug;
  wish["program"] = "FBM_SHIP_PLUS";
  const json::value order = desk.order(wish);
  const std::string id = json::get_text(order, "order_id");
  const Answer rates = desk.call("POST", "/shipping/v2/shipments/rates", rates_request(order));
  REQUIRE_MESSAGE(rates.status == 200, rates.raw.body);
  const json::object specification{{"format", "PDF"}, {"size", json::object{{"width", 4}, {"length", 6}, {"unit", "INCH"}}}, {"needFileJoining", false}, {"requestedDocumentTypes", json::array{"LABEL"}}};
  const json::object body{{"requestToken", rates.text("payload.requestToken")}, {"rateId", json::get_text(rates.list("payload.rates")[0], "rateId")}, {"requestedDocumentSpecification", specification}};
  const auto buy = [&](std::string key) {
    return desk.send({.method = "POST", .target = "/shipping/v2/shipments", .headers = {{"x-amz-access-token", desk.token}, {"x-amzn-IdempotencyKey", key}}, .body = json::text(body), .remote = ""});
  };
  const Answer bought = buy("key-1");
  REQUIRE_MESSAGE(bought.status == 200, bought.raw.body);
  const json::value& detail = bought.list("payload.packageDocumentDetails")[0];
  CHECK(from_base64(json::get_text((*json::find_array(detail, "packageDocuments"))[0], "contents"))->starts_with("%PDF"));
  CHECK(buy("key-1").text("payload.shipmentId") == bought.text("payload.shipmentId"));
  CHECK(json::find_array(desk.truth(id), "packages")->size() == 1);
  CHECK(json::get_text(desk.truth(id), "status") == "SHIPPED");
  CHECK(buy("key-2").status == 400);
  const std::string shipment = "/shipping/v2/shipments/" + bought.text("payload.shipmentId");
  const Answer again = desk.get(shipment + "/documents?packageClientReferenceId=box-1&format=ZPL&dpi=300");
  CHECK(from_base64(json::get_text((*json::find_array(*json::find(again.body, "payload.packageDocumentDetail"), "packageDocuments"))[0], "contents"))->starts_with("^XA"));
  const std::string number = json::get_text(detail, "trackingId");
  CHECK(desk.get("/shipping/v2/tracking?trackingId=" + number + "&carrierId=USPS").text("payload.summary.status") == "PreTransit");
  desk.wait(86'400);
  CHECK(desk.get("/shipping/v2/tracking?trackingId=" + number + "&carrierId=USPS").text("payload.summary.status") == "InTransit");
  CHECK(desk.call("PUT", shipment + "/cancel").status == 400);

  const json::value second = desk.order(kOneMug);
  const Answer stale = desk.call("POST", "/shipping/v2/shipments/rates", rates_request(second));
  desk.wait(601);
  const Answer late = desk.call("POST", "/shipping/v2/shipments", json::object{{"requestToken", stale.text("payload.requestToken")}, {"rateId", json::get_text(stale.list("payload.rates")[0], "rateId")}, {"requestedDocumentSpecification", specification}});
  CHECK(late.status == 400);
  CHECK(json::get_text(late.list("errors")[0], "details") == "TOKEN_EXPIRED");
  json::object one_click = rates_request(second);
  one_click["labelSpecifications"] = specification;
  one_click["serviceSelection"] = json::object{{"serviceId", json::array{"UPS_PTP_GND"}}};
  const Answer clicked = desk.call("POST", "/shipping/v2/oneClickShipment", one_click);
  REQUIRE_MESSAGE(clicked.status == 200, clicked.raw.body);
  CHECK(clicked.text("payload.carrier.id") == "UPS");
  CHECK(desk.call("PUT", "/shipping/v2/shipments/" + clicked.text("payload.shipmentId") + "/cancel").status == 200);
  CHECK(json::get_text(desk.truth(json::get_text(second, "order_id")), "status") == "UNSHIPPED");
}

}  // namespace zifa::sandbox
