#include "adapters/documents/words.hpp"

#include <array>
#include <cstddef>

#include "base/text.hpp"

namespace zifa::documents {

namespace {

struct Translation {
  Word word;
  std::string_view en, zh, de, fr, it, es, ja;
};

constexpr std::array kWords{
    Translation{Word::from, "FROM", "发件人", "", "", "", "", ""},
    Translation{Word::ship_to, "SHIP TO", "收件人", "LIEFERADRESSE", "ADRESSE DE LIVRAISON", "INDIRIZZO DI SPEDIZIONE", "DIRECCIÓN DE ENVÍO", "お届け先"},
    Translation{Word::tracking_number, "TRACKING NUMBER", "运单号", "", "", "", "", ""},
    Translation{Word::weight, "Weight", "重量", "", "", "", "", ""},
    Translation{Word::size, "Size", "尺寸", "", "", "", "", ""},
    Translation{Word::shipped, "Date", "日期", "", "", "", "", ""},
    Translation{Word::piece, "Piece", "件数", "Paket", "Colis", "Collo", "Paquete", "個口"},
    Translation{Word::parcel, "Parcel no.", "包裹号", "Paketnr.", "N° de colis", "N. collo", "N.º de paquete", "荷物番号"},
    Translation{Word::order, "Order", "订单号", "", "", "", "", ""},
    Translation{Word::return_to, "If undelivered, return to", "无法投递请退回", "", "", "", "", ""},
    Translation{Word::reprint, "REPRINT", "补打", "", "", "", "", ""},
    Translation{Word::contents, "Contents", "配货", "", "", "", "", ""},
    Translation{Word::phone, "Tel", "电话", "", "", "", "", ""},
    Translation{Word::fragile, "FRAGILE", "易碎", "", "", "", "", ""},
    Translation{Word::battery, "LITHIUM BATTERY", "含锂电池", "", "", "", "", ""},
    Translation{Word::customs_declaration, "CUSTOMS DECLARATION", "报关签条", "", "", "", "", ""},
    Translation{Word::opened_officially, "May be opened officially", "可以径行开拆", "", "", "", "", ""},
    Translation{Word::kind_gift, "Gift", "礼品", "", "", "", "", ""},
    Translation{Word::kind_documents, "Documents", "文件", "", "", "", "", ""},
    Translation{Word::kind_sample, "Commercial sample", "商品货样", "", "", "", "", ""},
    Translation{Word::kind_merchandise, "Sale of goods", "售卖商品", "", "", "", "", ""},
    Translation{Word::kind_returned, "Returned goods", "退回物品", "", "", "", "", ""},
    Translation{Word::kind_other, "Other", "其他", "", "", "", "", ""},
    Translation{Word::description, "Quantity and description", "数量及品名", "", "", "", "", ""},
    Translation{Word::value, "Value", "价值", "", "", "", "", ""},
    Translation{Word::hs_code, "HS code", "海关编码", "", "", "", "", ""},
    Translation{Word::origin, "Origin", "原产国", "", "", "", "", ""},
    Translation{Word::total, "Total", "合计", "Gesamtsumme", "Total", "Totale", "Total", "合計"},
    Translation{Word::certify, "I certify that the particulars given are correct and that this item holds no dangerous article or article prohibited by law or by postal or customs rules.",
                "兹证明所填内容属实，邮件内不含危险物品或法律及邮政、海关规章禁寄的物品。", "", "", "", "", ""},
    Translation{Word::date_signature, "Date and sender's signature", "日期及寄件人签名", "", "", "", "", ""},
    Translation{Word::tax_id, "Tax ID", "税号", "", "", "", "", ""},
    Translation{Word::quantity, "Qty", "数量", "Menge", "Qté", "Qtà", "Cant.", "数量"},

    Translation{Word::packing_slip, "Packing slip", "装箱单", "Lieferschein", "Bon de livraison", "Distinta di imballaggio", "Albarán de entrega", "納品書"},
    Translation{Word::order_number, "Order number", "订单号", "Bestellnummer", "Numéro de commande", "Numero d'ordine", "Número de pedido", "注文番号"},
    Translation{Word::order_date, "Order date", "订购日期", "Bestelldatum", "Date de commande", "Data dell'ordine", "Fecha del pedido", "注文日"},
    Translation{Word::item, "Item", "商品", "Artikel", "Article", "Articolo", "Artículo", "商品"},
    Translation{Word::items_total, "Units in this parcel", "本包裹件数", "Artikel in diesem Paket", "Articles dans ce colis", "Articoli in questo collo", "Artículos en este paquete", "この荷物の点数"},
    Translation{Word::unit_price, "Unit price", "单价", "Einzelpreis", "Prix unitaire", "Prezzo unitario", "Precio unitario", "単価"},
    Translation{Word::amount, "Amount", "金额", "Betrag", "Montant", "Importo", "Importe", "金額"},
    Translation{Word::shipping, "Shipping", "运费", "Versand", "Livraison", "Spedizione", "Envío", "配送料"},
    Translation{Word::tax, "Tax", "税费", "Steuern", "Taxes", "Imposte", "Impuestos", "税"},
    Translation{Word::gift_message, "Gift message", "礼品留言", "Geschenknachricht", "Message cadeau", "Messaggio regalo", "Mensaje de regalo", "ギフトメッセージ"},
    Translation{Word::note, "Note", "备注", "Hinweis", "Remarque", "Nota", "Nota", "備考"},
    Translation{Word::bin, "Bin", "库位", "Lagerplatz", "Emplacement", "Ubicazione", "Ubicación", "棚番"},
    Translation{Word::service, "Service", "物流渠道", "Versandart", "Mode de livraison", "Servizio", "Servicio", "配送方法"},
    Translation{Word::thanks_checked, "Checked", "已核对", "Geprüft", "Vérifié", "Controllato", "Comprobado", "確認済"},

    Translation{Word::pick_list, "Pick list", "拣货单", "", "", "", "", ""},
    Translation{Word::wave, "Wave", "波次", "", "", "", "", ""},
    Translation{Word::warehouse, "Warehouse", "仓库", "", "", "", "", ""},
    Translation{Word::picker, "Picker", "拣货员", "", "", "", "", ""},
    Translation{Word::due, "Ship by", "最晚发货", "", "", "", "", ""},
    Translation{Word::orders, "Orders", "订单数", "", "", "", "", ""},
    Translation{Word::lines, "Lines", "行数", "", "", "", "", ""},
    Translation{Word::units, "Units", "总件数", "", "", "", "", ""},
    Translation{Word::zone, "Zone", "库区", "", "", "", "", ""},
    Translation{Word::for_orders, "Orders / totes", "订单 / 周转箱", "", "", "", "", ""},
    Translation{Word::picked, "Picked", "已拣", "", "", "", "", ""},
    Translation{Word::page, "Page", "页", "Seite", "Page", "Pagina", "Página", "ページ"},
    Translation{Word::last_line_first, "Last line first", "倒序", "", "", "", "", ""},
    Translation{Word::signature, "Signature", "签字", "", "", "", "", ""},
    Translation{Word::date, "Date and time", "日期时间", "", "", "", "", ""},
    Translation{Word::handover_list, "Hand-over list", "交接单", "", "", "", "", ""},
    Translation{Word::carrier, "Carrier", "物流商", "", "", "", "", ""},
    Translation{Word::manifest, "List no.", "交接单号", "", "", "", "", ""},
    Translation{Word::pickup, "Pickup", "揽收时间", "", "", "", "", ""},
    Translation{Word::vehicle, "Vehicle", "车牌号", "", "", "", "", ""},
    Translation{Word::driver, "Received by (driver)", "接收人（司机）", "", "", "", "", ""},
    Translation{Word::parcels, "Parcels", "包裹数", "", "", "", "", ""},
    Translation{Word::country, "Country", "国家", "", "", "", "", ""},
    Translation{Word::received, "Parcels received", "实收件数", "", "", "", "", ""},
    Translation{Word::sender, "Handed over by", "交出人", "", "", "", "", ""},
    Translation{Word::packing_plan, "Packing plan", "装箱图", "", "", "", "", ""},
    Translation{Word::carton, "Carton", "纸箱", "", "", "", "", ""},
    Translation{Word::step, "Step", "步骤", "", "", "", "", ""},
    Translation{Word::inner_size, "Inside", "内尺寸", "", "", "", "", ""},
    Translation{Word::position, "Corner at", "位置", "", "", "", "", ""},

    Translation{Word::commercial_invoice, "Commercial invoice", "商业发票", "", "", "", "", ""},
    Translation{Word::proforma_invoice, "Pro-forma invoice", "形式发票", "", "", "", "", ""},
    Translation{Word::invoice_number, "Invoice no.", "发票号", "", "", "", "", ""},
    Translation{Word::seller, "Seller / exporter", "卖方", "", "", "", "", ""},
    Translation{Word::buyer, "Buyer / consignee", "买方", "", "", "", "", ""},
    Translation{Word::incoterm, "Incoterm", "贸易条款", "", "", "", "", ""},
    Translation{Word::reason, "Reason for export", "出口原因", "", "", "", "", ""},
    Translation{Word::goods_total, "Goods", "货值", "", "", "", "", ""},
    Translation{Word::freight, "Freight", "运费", "", "", "", "", ""},
    Translation{Word::insurance, "Insurance", "保险费", "", "", "", "", ""},
    Translation{Word::gross_weight, "Gross weight", "毛重", "", "", "", "", ""},
    Translation{Word::net_weight, "Net weight", "净重", "", "", "", "", ""},
    Translation{Word::declared_true, "I declare that the information on this invoice is true and correct.", "兹声明本发票所填内容真实无误。", "", "", "", "", ""},
};

// The table is in the order of the words, so that a look-up is an index.
constexpr bool in_order() {
  if (kWords.size() != static_cast<std::size_t>(Word::count_)) return false;
  for (std::size_t i = 0; i < kWords.size(); ++i)
    if (kWords[i].word != static_cast<Word>(i)) return false;
  return true;
}
static_assert(in_order());

std::string two(unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); }

// Digits in groups of three.
std::string grouped(std::string digits, std::string_view separator) {
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, separator);
  return digits;
}

}  // namespace

Language language_of(std::string_view tag) {
  const std::string two_letters = lower(tag.substr(0, 2));
  if (tag.size() > 2 && tag[2] != '-' && tag[2] != '_') return Language::en;
  if (two_letters == "de") return Language::de;
  if (two_letters == "fr") return Language::fr;
  if (two_letters == "it") return Language::it;
  if (two_letters == "es") return Language::es;
  if (two_letters == "ja") return Language::ja;
  if (two_letters == "zh") return Language::zh;
  return Language::en;
}

std::string_view word(Word word, Language language) {
  const Translation& t = kWords[static_cast<std::size_t>(word)];
  std::string_view text;
  switch (language) {
    case Language::en: break;
    case Language::de: text = t.de; break;
    case Language::fr: text = t.fr; break;
    case Language::it: text = t.it; break;
    case Language::es: text = t.es; break;
    case Language::ja: text = t.ja; break;
    case Language::zh: text = t.zh; break;
  }
  return text.empty() ? t.en : text;
}

std::string day_text(Day day, Language language) {
  const std::string year = std::to_string(day.year()), month = two(day.month()), number = two(day.day_of_month());
  static constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  switch (language) {
    case Language::de: return number + "." + month + "." + year;
    case Language::fr:
    case Language::it:
    case Language::es: return number + "/" + month + "/" + year;
    case Language::ja: return year + "/" + month + "/" + number;
    case Language::zh: return year + "-" + month + "-" + number;
    case Language::en: break;
  }
  return number + " " + std::string(kMonths[day.month() - 1]) + " " + year;  // no doubt which is the month
}

std::string weight_text(Weight weight) {
  const std::int64_t grams = weight.grams_up();
  const std::uint64_t absolute = grams < 0 ? 0 - static_cast<std::uint64_t>(grams) : static_cast<std::uint64_t>(grams);
  std::string rest = std::to_string(absolute % 1000);
  rest.insert(0, 3 - rest.size(), '0');
  return (grams < 0 ? "-" : "") + std::to_string(absolute / 1000) + "." + rest + " kg";
}

std::string size_text(const Size& size) {
  const auto cm = [](Length length) {
    const std::int64_t mm = length.mm_up();
    std::string text = std::to_string(mm / 10);
    if (mm % 10 != 0) text += "." + std::to_string(mm % 10 < 0 ? -(mm % 10) : mm % 10);
    return text;
  };
  return cm(size.length) + " x " + cm(size.width) + " x " + cm(size.height) + " cm";
}

std::string money_text(const Money& money, Language language) {
  std::string text = money.amount();
  const bool negative = !text.empty() && text.front() == '-';
  if (negative) text.erase(0, 1);
  const std::size_t point = text.find('.');
  std::string whole = text.substr(0, point);
  const std::string rest = point == text.npos ? "" : text.substr(point + 1);
  std::string_view group = ",", decimal = ".";
  if (language == Language::de || language == Language::it || language == Language::es) group = ".", decimal = ",";
  if (language == Language::fr) group = " ", decimal = ",";
  whole = grouped(std::move(whole), group);
  return (negative ? "-" : "") + whole + (rest.empty() ? "" : std::string(decimal) + rest) + " " + std::string(money.currency().code());
}

std::string count_text(std::int64_t n) { return std::to_string(n); }

}  // namespace zifa::documents
