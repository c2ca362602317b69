// Lists that run over several sheets: a place to write that moves down, a head that comes back, page numbers at the end.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/words.hpp"

namespace zifa::documents {

class Flow {
 public:
  // `head` draws what stands at the top of every sheet and gives the y below it; `first` says whether it is the first.
  using Head = std::function<double(Pen& pen, const Rect& room, bool first)>;

  Flow(Fonts& fonts, Layout& layout, PageSize size, Head head);

  // 1 on A4; smaller on label paper, for text sizes and row heights.
  double scale() const { return scale_; }
  bool narrow() const { return scale_ < 1; }
  const Rect& room() const { return room_; }  // of the sheet, without margins and page number
  double y() const { return y_; }
  double left() const { return room_.bottom() - y_; }  // height left on this sheet

  Pen& pen() { return *pen_; }
  // The next `height` dots: on a new sheet when they are not left on this one.
  Rect take(double height);
  void skip(double height) { y_ = std::min(room_.bottom(), y_ + height); }
  // Page numbers and `footer`; refuses `document.layout` when a page is unfit for printing. `who` names the document.
  Result<Done> finish(const std::string& footer, Language language, const std::string& who);

 private:
  void new_sheet();

  Fonts& fonts_;
  Layout& layout_;
  Rect sheet_, room_;
  double scale_ = 1;
  Head head_;
  double y_ = 0;
  Page page_;
  std::unique_ptr<Pen> pen_;
};

// Captions with values, written below one another; an empty value is left out. Gives the bottom.
struct Fact {
  std::string caption, value;
  bool strong = false;
};
double write_facts(Pen& pen, const Rect& room, const std::vector<Fact>& facts, double scale);

// Name, company, street, locality and country below one another, each on one line, as many as the room holds.
void write_address(Pen& pen, const Rect& room, const Address& address, double size);

// A SKU in bold: made smaller before it is broken in two lines, and cut only after that.
Fitted fit_sku(Pen& pen, std::string_view sku, double width, double size);

// A quantity: more than one stands white on black, because that is what packers overlook.
void write_quantity(Pen& pen, const Rect& room, std::int64_t quantity, double size);

}  // namespace zifa::documents
