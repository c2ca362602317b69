#include "sandbox/labels/barcode.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace zifa::sandbox {

namespace {

// Widths of bar, space, bar, ... of each symbol; 103 to 105 start codes A to C, 106 stop.
constexpr std::array<std::string_view, 107> kWidths{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312", "231212", "112232", "122132", "122231", "113222", "123122", "123221",
    "223211", "221132", "221231", "213212", "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121", "111323", "131123", "131321",
    "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331", "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131",
    "311123", "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124", "121421", "141122", "141221", "112214", "112412", "122114",
    "122411", "142112", "142211", "241211", "221114", "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112", "421211", "212141",
    "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311", "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};
constexpr int kStartB = 104, kStartC = 105, kStop = 106;

bool only_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string code128(std::string_view text) {
  std::vector<int> symbols;
  // Pairs of digits take half the room.
  if (text.size() >= 4 && text.size() % 2 == 0 && only_digits(text)) {
    symbols.push_back(kStartC);
    for (std::size_t i = 0; i < text.size(); i += 2) symbols.push_back((text[i] - '0') * 10 + (text[i + 1] - '0'));
  } else {
    symbols.push_back(kStartB);
    for (const char c : text)
      if (c >= ' ' && c <= '~') symbols.push_back(c - ' ');
  }
  int sum = symbols[0];
  for (std::size_t i = 1; i < symbols.size(); ++i) sum = (sum + static_cast<int>(i) * symbols[i]) % 103;
  symbols.push_back(sum);
  symbols.push_back(kStop);
  std::string modules;
  for (const int symbol : symbols) {
    char colour = '1';
    for (const char width : kWidths[static_cast<std::size_t>(symbol)]) {
      modules.append(static_cast<std::size_t>(width - '0'), colour);
      colour = colour == '1' ? '0' : '1';
    }
  }
  return modules;
}

}  // namespace zifa::sandbox
