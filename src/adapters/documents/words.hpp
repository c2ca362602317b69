// Captions in the languages of buyers and packing rooms, and the way numbers and days are written there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"

namespace zifa::documents {

enum class Language { en, de, fr, it, es, ja, zh };

// "de", "de-DE", "zh-CN" ...; English for what we do not speak.
Language language_of(std::string_view tag);

enum class Word {
  // labels
  from, ship_to, tracking_number, weight, size, shipped, piece, parcel, order, return_to, reprint, contents, phone, fragile, battery,
  customs_declaration, opened_officially, kind_gift, kind_documents, kind_sample, kind_merchandise, kind_returned, kind_other,
  description, value, hs_code, origin, total, certify, date_signature, tax_id, quantity,
  // packing slips
  packing_slip, order_number, order_date, item, items_total, unit_price, amount, shipping, tax, gift_message, note, bin, service, thanks_checked,
  // lists
  pick_list, wave, warehouse, picker, due, orders, lines, units, zone, for_orders, picked, page, last_line_first, signature, date,
  handover_list, carrier, manifest, pickup, vehicle, driver, parcels, country, received, sender, packing_plan, carton, step, inner_size, position,
  // invoices
  commercial_invoice, proforma_invoice, invoice_number, seller, buyer, incoterm, reason, goods_total, freight, insurance, gross_weight, net_weight, declared_true,
  count_
};

// The caption in that language; words that only packing rooms read exist in English and Chinese.
std::string_view word(Word word, Language language);

std::string day_text(Day day, Language language);
std::string weight_text(Weight weight);                        // "0.450 kg", a started gram is a whole one
std::string size_text(const Size& size);                       // "30 x 20 x 10.5 cm"
std::string money_text(const Money& money, Language language);  // "1.299,00 EUR" in German
std::string count_text(std::int64_t n);

}  // namespace zifa::documents
