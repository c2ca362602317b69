// Pages as one PDF, fonts embedded and cut down to the letters used.
#pragma once

#include <memory>
#include <string>

#include "adapters/documents/paper.hpp"
#include "app/ports/documents.hpp"

namespace zifa::documents {

class PdfWriter {
 public:
  // `width` and `height` of the sheet in dots.
  PdfWriter(Fonts& fonts, double width, double height);
  ~PdfWriter();
  PdfWriter(const PdfWriter&) = delete;
  PdfWriter& operator=(const PdfWriter&) = delete;

  // A sheet of its own, of the page's size.
  void add(const Page& page);
  // Several pages on one sheet: its size first, then each page at its place; `next_sheet` ends it.
  void sheet_size(double width, double height);
  void place(const Page& page, double x, double y);
  void next_sheet();
  std::size_t sheets() const;

  // The bytes; nothing can be added afterwards. Refuses `document.failed`.
  Result<std::string> finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// For pictures of pages and for letters a printer does not have: the same drawing on any cairo target, in dots.
void draw_page(Fonts& fonts, _cairo* to, const Page& page);

}  // namespace zifa::documents
