#include "adapters/documents/fonts.hpp"

#include <hb.h>
#include <pango/pangocairo.h>

#include <array>
#include <unordered_map>

#include "adapters/documents/text.hpp"

namespace zifa::documents {

struct Fonts::Glyph {
  std::uint16_t font = 0;
  bool known = false;
  bool missing = false;      // no font has the letter
  bool double_strike = false;  // bold wanted, only the regular font has the letter
  std::uint32_t index = 0;
  float advance = 0;
};

struct Fonts::Font {
  PangoFont* pango = nullptr;
  hb_font_t* shapes = nullptr;
  cairo_font_face_t* face = nullptr;
  double units = 1;
};

namespace {

// DejaVu covers Latin, Greek, Cyrillic, Arabic and Hebrew, WenQuanYi Micro Hei Han, kana and hangul with small subsets
// in the file. Both are only preferred: fontconfig finds what else is there for letters they lack.
constexpr const char* kFamilies = "DejaVu Sans Condensed,DejaVu Sans,WenQuanYi Micro Hei,Sans";
constexpr double kShapedSize = 100;
constexpr double kDoubleStrike = 0.03;

}  // namespace

struct Fonts::Impl {
  PangoFontMap* map = nullptr;
  PangoContext* context = nullptr;
  std::array<PangoFontset*, 2> sets{};
  std::array<PangoFont*, 2> first{};
  PangoLayout* layout = nullptr;
  std::vector<Font> fonts;
  // By face, then by blocks of 256 characters, filled as they are met.
  std::array<std::vector<std::unique_ptr<std::array<Glyph, 256>>>, 2> blocks;
  // Widths of shaped words: fitting asks for the same word at every size it tries, and the width is the same at each.
  static constexpr std::size_t kMostWidths = 4'096;
  std::array<std::unordered_map<std::string, double>, 2> shaped_widths;
  std::vector<cairo_glyph_t> glyphs;
  std::vector<cairo_text_cluster_t> clusters;

  ~Impl() {
    for (Font& font : fonts) {
      hb_font_destroy(font.shapes);
      cairo_font_face_destroy(font.face);
      g_object_unref(font.pango);
    }
    if (layout) g_object_unref(layout);
    for (PangoFont* font : first)
      if (font) g_object_unref(font);
    for (PangoFontset* set : sets)
      if (set) g_object_unref(set);
    if (context) g_object_unref(context);
    if (map) g_object_unref(map);
  }

  static PangoFontDescription* description(Face face, double size) {
    PangoFontDescription* wanted = pango_font_description_new();
    pango_font_description_set_family(wanted, kFamilies);
    pango_font_description_set_stretch(wanted, PANGO_STRETCH_CONDENSED);
    pango_font_description_set_weight(wanted, face == Face::bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(wanted, size * PANGO_SCALE);
    return wanted;
  }

  // Takes over the reference to `font`.
  std::uint16_t index_of(PangoFont* font) {
    for (std::size_t i = 0; i < fonts.size(); ++i) {
      if (fonts[i].pango != font) continue;
      g_object_unref(font);
      return static_cast<std::uint16_t>(i);
    }
    hb_face_t* face = hb_font_get_face(pango_font_get_hb_font(font));
    Font entry;
    entry.pango = font;
    entry.shapes = hb_font_create(face);  // unscaled and unhinted, unlike Pango's own
    entry.units = hb_face_get_upem(face);
    entry.face = cairo_font_face_reference(cairo_scaled_font_get_font_face(pango_cairo_font_get_scaled_font(PANGO_CAIRO_FONT(font))));
    fonts.push_back(entry);
    return static_cast<std::uint16_t>(fonts.size() - 1);
  }

  bool take(Glyph& glyph, PangoFont* font, char32_t c) {
    if (!font) return false;
    const std::uint16_t at = index_of(font);
    hb_codepoint_t index = 0;
    if (!hb_font_get_nominal_glyph(fonts[at].shapes, c, &index) || index == 0) return false;
    glyph.font = at;
    glyph.index = index;
    glyph.advance = static_cast<float>(hb_font_get_glyph_h_advance(fonts[at].shapes, index) / fonts[at].units);
    return true;
  }

  static PangoFont* again(PangoFont* font) { return font ? PANGO_FONT(g_object_ref(font)) : nullptr; }

  Glyph find(char32_t c, Face face) {
    Glyph glyph;
    glyph.known = true;
    if (face == Face::bold && take(glyph, again(first[1]), c)) return glyph;
    // A made-up bold would be embedded as outlines of its own; the regular glyph drawn twice is smaller and cleaner.
    glyph.double_strike = face == Face::bold;
    if (take(glyph, again(first[0]), c)) return glyph;
    if (take(glyph, pango_fontset_get_font(sets[0], c), c)) return glyph;
    glyph.double_strike = false;
    if (is_symbol(c)) {  // left out
      glyph.index = 0;
      glyph.advance = 0;
      return glyph;
    }
    glyph.missing = true;
    glyph.advance = 0.6f;
    return glyph;
  }

  const Glyph& glyph(char32_t c, Face face) {
    auto& list = blocks[static_cast<std::size_t>(face)];
    const std::size_t block = c >> 8;
    if (block >= list.size()) list.resize(block + 1);
    if (!list[block]) list[block] = std::make_unique<std::array<Glyph, 256>>();
    Glyph& found = (*list[block])[c & 0xFF];
    if (!found.known) found = find(c, face);
    return found;
  }

  void lay_out(std::string_view text, Face face, double size) {
    PangoFontDescription* wanted = description(face, size);
    pango_layout_set_font_description(layout, wanted);
    pango_font_description_free(wanted);
    pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  }
};

Fonts::Fonts(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Fonts::~Fonts() = default;

Result<std::unique_ptr<Fonts>> Fonts::open() {
  auto impl = std::make_unique<Impl>();
  impl->map = pango_cairo_font_map_new();
  if (!impl->map) return unavailable("document.no_fonts", "The font library did not start; install fontconfig and the fonts DejaVu and WenQuanYi Micro Hei.");
  impl->context = pango_font_map_create_context(impl->map);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options(impl->context, options);
  cairo_font_options_destroy(options);
  pango_context_set_round_glyph_positions(impl->context, FALSE);
  for (const Face face : {Face::regular, Face::bold}) {
    const auto i = static_cast<std::size_t>(face);
    PangoFontDescription* wanted = Impl::description(face, kShapedSize);
    impl->sets[i] = pango_font_map_load_fontset(impl->map, impl->context, wanted, pango_language_from_string("zh-cn"));
    impl->first[i] = pango_font_map_load_font(impl->map, impl->context, wanted);
    pango_font_description_free(wanted);
  }
  impl->layout = pango_layout_new(impl->context);
  pango_layout_set_single_paragraph_mode(impl->layout, TRUE);
  if (!impl->sets[0] || !impl->first[0] || impl->glyph('A', Face::regular).missing)
    return unavailable("document.no_fonts", "No font on this machine can write plain letters; install the fonts DejaVu and WenQuanYi Micro Hei.");
  return std::unique_ptr<Fonts>(new Fonts(std::move(impl)));
}

double Fonts::width(char32_t c, Face face) { return impl_->glyph(c, face).advance; }

double Fonts::width(std::string_view text, Face face) {
  if (needs_shaping(text)) {
    auto& known = impl_->shaped_widths[static_cast<std::size_t>(face)];
    const auto found = known.find(std::string(text));
    if (found != known.end()) return found->second;
    impl_->lay_out(text, face, kShapedSize);
    PangoRectangle logical;
    pango_layout_get_extents(impl_->layout, nullptr, &logical);
    if (known.size() >= Impl::kMostWidths) known.clear();
    return known[std::string(text)] = static_cast<double>(logical.width) / PANGO_SCALE / kShapedSize;
  }
  double sum = 0;
  for (std::size_t at = 0; at < text.size();) sum += impl_->glyph(next_character(text, at), face).advance;
  return sum;
}

char32_t Fonts::missing_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c != 0x200C && impl_->glyph(c, Face::regular).missing) return c;
  }
  return 0;
}

void Fonts::draw(cairo_t* to, double x, double baseline, double size, Face face, std::string_view text) {
  if (needs_shaping(text)) {
    impl_->lay_out(text, face, size);
    cairo_move_to(to, x, baseline - static_cast<double>(pango_layout_get_baseline(impl_->layout)) / PANGO_SCALE);
    pango_cairo_show_layout(to, impl_->layout);
    return;
  }
  // One run per font. `from` is the byte at which the run began.
  std::size_t from = 0;
  std::uint16_t font = 0;
  bool double_strike = false;
  const auto flush = [&](std::size_t end) {
    if (impl_->glyphs.empty()) return;
    cairo_set_font_face(to, impl_->fonts[font].face);
    cairo_set_font_size(to, size);
    for (int strike = 0; strike <= (double_strike ? 1 : 0); ++strike) {
      if (strike == 1)
        for (cairo_glyph_t& glyph : impl_->glyphs) glyph.x += size * kDoubleStrike;
      cairo_show_text_glyphs(to, text.data() + from, static_cast<int>(end - from), impl_->glyphs.data(), static_cast<int>(impl_->glyphs.size()),
                             impl_->clusters.data(), static_cast<int>(impl_->clusters.size()), static_cast<cairo_text_cluster_flags_t>(0));
    }
    impl_->glyphs.clear();
    impl_->clusters.clear();
  };
  impl_->glyphs.clear();
  impl_->clusters.clear();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const Glyph& glyph = impl_->glyph(next_character(text, at), face);
    if (glyph.missing || glyph.index == 0) {
      flush(begin);
      if (glyph.missing) {
        cairo_rectangle(to, x + 0.06 * size, baseline - 0.7 * size, 0.48 * size, 0.7 * size);
        cairo_set_line_width(to, 0.05 * size);
        cairo_stroke(to);
      }
      x += glyph.advance * size;
      from = at;
      continue;
    }
    if (!impl_->glyphs.empty() && (glyph.font != font || glyph.double_strike != double_strike)) flush(begin);
    if (impl_->glyphs.empty()) {
      from = begin;
      font = glyph.font;
      double_strike = glyph.double_strike;
    }
    impl_->glyphs.push_back({glyph.index, x, baseline});
    impl_->clusters.push_back({static_cast<int>(at - begin), 1});
    x += glyph.advance * size;
  }
  flush(text.size());
}

}  // namespace zifa::documents
