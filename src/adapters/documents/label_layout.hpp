// A label as pages: the label itself and, where it does not fit on it, the customs declaration behind it.
#pragma once

#include <string>
#include <vector>

#include "adapters/documents/pen.hpp"
#include "app/ports/documents.hpp"

namespace zifa::documents {

struct Layout {
  std::vector<Page> pages;
  std::vector<std::string> notes;
};

// Refuses `label.no_tracking_number`, `label.bad_tracking_number`, `label.number_too_long`, `label.bad_routing_code`,
// `label.no_address`, `label.bad_postcode`, `label.bad_country`, `label.too_full`, `document.no_font`, `document.layout`.
Result<Layout> lay_out_label(Fonts& fonts, const LabelPage& label);

// Refuses `item_label.no_headline`, `item_label.bad_code`, `item_label.too_long`, `item_label.bad_copies`, `document.layout`.
Result<Layout> lay_out_item_label(Fonts& fonts, const ItemLabel& label);

// City, region and postcode as the destination writes them: "CHICAGO, IL 60601", "10115 Berlin", "〒100-0001 東京都千代田区".
std::string locality_line(const Address& address);

// The customs block (CN22) in `room`, from the item `from` on; gives the first item that found no place.
std::size_t draw_customs(Pen& pen, const Customs& customs, const Rect& room, std::size_t from, bool large, Layout& layout);
double customs_height(const Customs& customs);

}  // namespace zifa::documents
