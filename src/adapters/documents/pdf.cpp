#include "adapters/documents/pdf.hpp"

#include <cairo-pdf.h>
#include <cairo.h>

namespace zifa::documents {

namespace {

void draw_code(cairo_t* to, const CodeItem& item) {
  const Code& code = item.code;
  const int height = code.linear() ? item.height : item.module;
  for (int row = 0; row < code.rows; ++row) {
    const std::uint8_t* dark = code.dark.data() + static_cast<std::size_t>(row * code.width);
    for (int x = 0; x < code.width;) {
      if (!dark[x]) {
        ++x;
        continue;
      }
      int end = x + 1;
      while (end < code.width && dark[end]) ++end;
      cairo_rectangle(to, item.x + x * item.module, item.y + row * item.module, (end - x) * item.module, height);
      x = end;
    }
  }
  cairo_fill(to);
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

void draw_page(Fonts& fonts, cairo_t* to, const Page& page) {
  double grey = 0;
  cairo_set_source_rgb(to, 0, 0, 0);
  const auto colour = [&](double wanted) {
    if (wanted == grey) return;
    grey = wanted;
    cairo_set_source_rgb(to, grey, grey, grey);
  };
  for (const FillItem& fill : page.fills) {
    colour(fill.grey);
    cairo_rectangle(to, fill.box.x, fill.box.y, fill.box.width, fill.box.height);
    cairo_fill(to);
  }
  for (const ShapeItem& shape : page.shapes) {
    for (const auto& corner : shape.corners) cairo_line_to(to, corner[0], corner[1]);
    cairo_close_path(to);
    colour(shape.grey);
    cairo_fill_preserve(to);
    colour(0);
    cairo_set_line_width(to, shape.edge);
    cairo_stroke(to);
  }
  for (const TextItem& text : page.texts) {
    colour(text.white ? 1 : 0);
    fonts.draw(to, text.box.x, text.baseline, text.size, text.face, text.text);
  }
  colour(0);
  for (const CodeItem& code : page.codes) draw_code(to, code);
}

struct PdfWriter::Impl {
  Fonts& fonts;
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;
  std::size_t sheets = 0;
  bool begun = false;

  explicit Impl(Fonts& f) : fonts(f) {}
  ~Impl() {
    if (cairo) cairo_destroy(cairo);
    if (surface) cairo_surface_destroy(surface);
  }
};

PdfWriter::PdfWriter(Fonts& fonts, double width, double height) : impl_(std::make_unique<Impl>(fonts)) {
  impl_->surface = cairo_pdf_surface_create_for_stream(append, &impl_->bytes, width * kPointsPerDot, height * kPointsPerDot);
  // The same pages make the same bytes: no date of writing inside.
  cairo_pdf_surface_set_metadata(impl_->surface, CAIRO_PDF_METADATA_CREATE_DATE, nullptr);
  cairo_pdf_surface_set_metadata(impl_->surface, CAIRO_PDF_METADATA_CREATOR, "Zifa");
  impl_->cairo = cairo_create(impl_->surface);
  cairo_scale(impl_->cairo, kPointsPerDot, kPointsPerDot);
}

PdfWriter::~PdfWriter() = default;

void PdfWriter::add(const Page& page) {
  cairo_pdf_surface_set_size(impl_->surface, page.width * kPointsPerDot, page.height * kPointsPerDot);
  draw_page(impl_->fonts, impl_->cairo, page);
  cairo_show_page(impl_->cairo);
  ++impl_->sheets;
}

void PdfWriter::sheet_size(double width, double height) {
  cairo_pdf_surface_set_size(impl_->surface, width * kPointsPerDot, height * kPointsPerDot);
}

void PdfWriter::place(const Page& page, double x, double y) {
  impl_->begun = true;
  cairo_save(impl_->cairo);
  cairo_translate(impl_->cairo, x, y);
  draw_page(impl_->fonts, impl_->cairo, page);
  cairo_restore(impl_->cairo);
}

void PdfWriter::next_sheet() {
  if (!impl_->begun) return;
  cairo_show_page(impl_->cairo);
  ++impl_->sheets;
  impl_->begun = false;
}

std::size_t PdfWriter::sheets() const { return impl_->sheets; }

Result<std::string> PdfWriter::finish() {
  next_sheet();
  if (impl_->sheets == 0) return std::string();
  cairo_status_t status = cairo_status(impl_->cairo);
  cairo_surface_finish(impl_->surface);
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(impl_->surface);
  if (status != CAIRO_STATUS_SUCCESS)
    return Error{ErrorKind::unavailable, "document.failed", std::string("The PDF could not be written: ") + cairo_status_to_string(status) + "."};
  return std::move(impl_->bytes);
}

}  // namespace zifa::documents
