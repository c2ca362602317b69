#include "tests/documents/reading.hpp"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>
#include <cairo.h>

#include <algorithm>
#include <fstream>

#include "adapters/documents/pdf.hpp"

namespace zifa::documents::reading {

Picture picture_of(Fonts& fonts, const Page& page) {
  Picture picture{static_cast<int>(page.width), static_cast<int>(page.height), {}};
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height);
  cairo_t* cairo = cairo_create(surface);
  cairo_set_source_rgb(cairo, 1, 1, 1);
  cairo_paint(cairo);
  draw_page(fonts, cairo, page);
  cairo_destroy(cairo);
  cairo_surface_flush(surface);
  const unsigned char* data = cairo_image_surface_get_data(surface);
  const int stride = cairo_image_surface_get_stride(surface);
  picture.grey.resize(static_cast<std::size_t>(picture.width * picture.height));
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) picture.grey[static_cast<std::size_t>(y * picture.width + x)] = data[y * stride + 4 * x];
  cairo_surface_destroy(surface);
  return picture;
}

Picture part(const Picture& whole, const Rect& box) {
  const int left = std::max(0, static_cast<int>(box.x)), top = std::max(0, static_cast<int>(box.y));
  const int right = std::min(whole.width, static_cast<int>(box.right())), bottom = std::min(whole.height, static_cast<int>(box.bottom()));
  Picture cut{right - left, bottom - top, {}};
  for (int y = top; y < bottom; ++y)
    cut.grey.insert(cut.grey.end(), whole.grey.begin() + y * whole.width + left, whole.grey.begin() + y * whole.width + right);
  return cut;
}

std::string scan(const Picture& picture, Symbology symbology) {
  ZXing::DecodeHints hints;
  switch (symbology) {
    case Symbology::code128:
    case Symbology::gs1_128: hints.setFormats(ZXing::BarcodeFormat::Code128); break;
    case Symbology::itf: hints.setFormats(ZXing::BarcodeFormat::ITF); break;
    case Symbology::data_matrix: hints.setFormats(ZXing::BarcodeFormat::DataMatrix); break;
    case Symbology::qr: hints.setFormats(ZXing::BarcodeFormat::QRCode); break;
  }
  hints.setTryRotate(false);
  const ZXing::Result result = ZXing::ReadBarcode({picture.grey.data(), picture.width, picture.height, ZXing::ImageFormat::Lum}, hints);
  return result.isValid() ? result.text() : std::string();
}

std::vector<std::string> scan_all(const Picture& picture) {
  // One look for each kind: zxing-cpp 1.4 asserts when it compares several results of a page.
  std::vector<std::string> texts;
  for (const Symbology symbology : {Symbology::code128, Symbology::itf, Symbology::data_matrix, Symbology::qr})
    if (std::string text = scan(picture, symbology); !text.empty()) texts.push_back(std::move(text));
  return texts;
}

Picture read_pgm(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string magic;
  Picture picture;
  int most = 0;
  in >> magic >> picture.width >> picture.height >> most;
  in.get();
  if (!in || magic != "P5" || picture.width <= 0 || picture.height <= 0) return {};
  picture.grey.resize(static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height));
  in.read(reinterpret_cast<char*>(picture.grey.data()), static_cast<std::streamsize>(picture.grey.size()));
  return in ? picture : Picture{};
}

}  // namespace zifa::documents::reading
