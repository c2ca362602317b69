// Labels and lists as a shop would print them, for the tests and for looking at.
#pragma once

#include "app/ports/documents.hpp"

namespace zifa::documents::examples {

inline LabelPage us_label() {
  LabelPage label;
  label.carrier = "YunExpress 云途";
  label.service = "Global Direct Line, registered";
  label.routing_code = "US-LAX 04";
  label.tracking = {Symbology::code128, "YT2632912345678901", ""};
  label.from = {"Lin Mei", "Shenzhen Harbor Trading Co., Ltd.", {"Building 4, 88 Xinghe Road", "Bantian, Longgang"}, "Shenzhen", "Guangdong", "518129", "CN", "CHINA", "+86 755 0000 0000"};
  label.to = {"Margaret O'Connor-Whitfield", "", {"1420 North Sheridan Road", "Apt 12B"}, "Chicago", "IL", "60660-1404", "US", "UNITED STATES", "+1 312-555-0143"};
  label.return_to = "Shenzhen Harbor Trading, Building 4, 88 Xinghe Road, Shenzhen 518129, CHINA";
  label.weight = Weight::grams(452);
  label.outer = Size{Length::mm(300), Length::mm(206), Length::mm(105)};
  label.parcel_no = "P-100234";
  label.order_id = "113-4829105-7736201";
  label.contents = "MUG-01 x1, PLATE-BLUE-24 x2, SPOON-SET x1";
  label.batch = "W12";
  label.position = 3;
  label.of = 40;
  label.shipped_on = Day::of(2026, 11, 25);
  return label;
}

inline Customs customs() {
  Customs customs;
  customs.items = {{"Ceramic mug", "陶瓷杯", 1, Weight::grams(180), Money(1299, Currency::of("USD")), "691110", "CN"},
                   {"Stoneware plate, blue, 24 cm", "石器餐盘", 2, Weight::grams(240), Money(2598, Currency::of("USD")), "691200", "CN"}};
  customs.total_weight = Weight::grams(452);
  customs.total_value = Money(3897, Currency::of("USD"));
  customs.tax_id = "IOSS IM0400000000";
  customs.signed_by = "Lin Mei";
  customs.signed_on = Day::of(2026, 11, 25);
  return customs;
}

inline LabelPage chinese_label() {
  LabelPage label = us_label();
  label.language = "zh-CN";
  label.customs = customs();
  label.terms = LabelPage::Terms::ddp;
  label.battery = true;
  label.fragile = true;
  label.from.name = "林梅";
  label.from.company = "深圳海港贸易有限公司";
  label.reprints = 2;
  label.contents = "白色马克杯 MUG-01 ×1，蓝色餐盘 PLATE-BLUE-24 ×2，勺子套装 SPOON-SET ×1";
  label.routing = Barcode{Symbology::data_matrix, "US60660|YT2632912345678901|04", ""};
  return label;
}

inline LabelPage japanese_label() {
  LabelPage label = us_label();
  label.carrier = "SF Express 顺丰";
  label.routing_code = "";
  label.tracking = {Symbology::code128, "SF1234567890123", ""};
  label.to = {"髙橋 さくら", "株式会社みなと商会", {"丸の内1丁目9番1号", "グラントウキョウノースタワー 27階"}, "千代田区", "東京都", "100-0005", "JP", "JAPAN", "+81 3 0000 0000"};
  return label;
}

inline LabelPage usps_label() {
  LabelPage label = us_label();
  label.carrier = "USPS";
  label.service = "Ground Advantage";
  label.routing_code = "C042";
  label.tracking = {Symbology::gs1_128, "(420)60660(92)00190164917312345678", "9200 1901 6491 7312 3456 78"};
  label.batch = "";
  label.position = 0;
  return label;
}

inline PackingSlip slip(std::string language = "en") {
  PackingSlip slip;
  slip.language = std::move(language);
  slip.seller = "Harbor Kitchen";
  slip.seller_lines = {"Shenzhen Harbor Trading Co., Ltd.", "Building 4, 88 Xinghe Road", "Shenzhen, CHINA"};
  slip.order_id = "113-4829105-7736201";
  slip.ordered_on = Day::of(2026, 11, 23);
  slip.ship_to = us_label().to;
  slip.service = "Standard";
  slip.parcel_no = "P-100234";
  slip.items = {{"MUG-01", "Handmade ceramic coffee mug, 350 ml, white glaze, dishwasher safe", 1, "A-01-03", "", Money(1299, Currency::of("USD"))},
                {"PLATE-BLUE-24", "Stoneware dinner plate, 24 cm, cobalt blue rim", 2, "A-02-11", "", Money(1299, Currency::of("USD"))},
                {"SPOON-SET", "Olive wood spoon set of 5 with engraving", 1, "C-10-01", "Engraving: \"Für Oma Grete\", second line: 2026", Money(2450, Currency::of("USD"))}};
  slip.shipping = Money(499, Currency::of("USD"));
  slip.tax = Money(512, Currency::of("USD"));
  slip.total = Money(7358, Currency::of("USD"));
  return slip;
}

inline PickList pick_list(std::string language = "en") {
  PickList list;
  list.language = std::move(language);
  list.wave = "W12";
  list.warehouse = list.language == "zh" ? "深圳仓" : "Shenzhen";
  list.picker = list.language == "zh" ? "王小明" : "Wang Xiaoming";
  list.due = "25 Nov 17:00 PST";
  list.orders = 40;
  const bool zh = list.language == "zh";
  list.lines = {{"A", "A-01-03", "MUG-01", zh ? "手工陶瓷咖啡杯 350 毫升 白釉" : "Handmade ceramic coffee mug, 350 ml, white glaze", 12, {"T1 x2", "T3 x1", "T4 x4", "T7 x5"}},
                {"A", "A-02-11", "PLATE-BLUE-24", zh ? "石器餐盘 24 厘米 钴蓝边" : "Stoneware dinner plate, 24 cm, cobalt blue rim", 2, {"T1 x2"}},
                {"A", "A-02-14", "BOWL-GREY", zh ? "汤碗 灰色" : "Soup bowl, grey", 1, {"T9"}},
                {"C", "C-10-01", "SPOON-SET", zh ? "橄榄木勺五件套（可刻字）" : "Olive wood spoon set of 5 with engraving", 1, {"T2"}},
                {"C", "C-11-22", "LAMP-USB-C-WHITE-LONG-NAME-2026", zh ? "充电台灯，USB-C，三色温，触控调光，附适配器" : "Rechargeable desk lamp with USB-C, three colour temperatures and touch dimmer, adapter included", 6, {"T2 x1", "T5 x2", "T6 x3"}}};
  return list;
}

inline HandoverList handover(std::string language = "en", int parcels = 60) {
  HandoverList list;
  list.language = std::move(language);
  list.carrier = "YunExpress 云途";
  list.manifest_no = "HO-2026-1125-01";
  list.from = list.language == "zh" ? "深圳市龙岗区坂田星河路88号4栋" : "Building 4, 88 Xinghe Road, Shenzhen";
  list.pickup = "2026-11-25 17:30 CST";
  list.vehicle = "粤B·88888";
  for (int i = 0; i < parcels; ++i)
    list.parcels.push_back({"P-" + std::to_string(100200 + i), "YT26329123456" + std::to_string(78901 + i), "Global Direct Line", i % 3 == 0 ? "DE" : "US", Weight::grams(300 + 17 * i)});
  return list;
}

inline CommercialInvoice invoice(std::string language = "en") {
  CommercialInvoice invoice;
  invoice.language = std::move(language);
  invoice.number = "INV-2026-000871";
  invoice.date = Day::of(2026, 11, 25);
  invoice.order_id = "113-4829105-7736201";
  invoice.parcel_no = "P-100234";
  invoice.carrier = "YunExpress 云途";
  invoice.tracking_number = "YT2632912345678901";
  invoice.seller = us_label().from;
  invoice.buyer = us_label().to;
  invoice.seller_tax_id = "EORI CN123456789012345";
  invoice.incoterm = "DDP Chicago";
  invoice.reason = "Sale of goods";
  invoice.items = customs().items;
  invoice.gross_weight = Weight::grams(452);
  invoice.freight = Money(499, Currency::of("USD"));
  invoice.signed_by = "Lin Mei";
  invoice.signed_on = Day::of(2026, 11, 25);
  return invoice;
}

inline CartonDiagram carton(std::string language = "en") {
  CartonDiagram diagram;
  diagram.language = std::move(language);
  diagram.parcel_no = "P-100234";
  diagram.carton = "M2";
  diagram.length = 300, diagram.width = 200, diagram.height = 150;
  diagram.weight = Weight::grams(1452);
  diagram.steps = {{"PLATE-BLUE-24", "Stoneware dinner plate", 0, 0, 0, 240, 200, 30},
                   {"PLATE-BLUE-24", "Stoneware dinner plate", 0, 0, 30, 240, 200, 30},
                   {"SPOON-SET", "Olive wood spoon set", 240, 0, 0, 60, 200, 60},
                   {"MUG-01", "Handmade ceramic coffee mug", 0, 0, 60, 100, 100, 90},
                   {"MUG-01", "Handmade ceramic coffee mug", 100, 0, 60, 100, 100, 90}};
  return diagram;
}

}  // namespace zifa::documents::examples
