#include "adapters/files/sales_channels.hpp"

#include <array>
#include <map>
#include <sstream>

#include "base/csv.hpp"
#include "base/resources.hpp"
#include "base/text.hpp"

namespace zifa {

namespace {

// Source: docs/rules/flat_files.md, "Sales channels".
constexpr std::array kChannels{
    SalesChannel{"amazon.com", "US", Currency::of("USD")},
    SalesChannel{"amazon.ca", "CA", Currency::of("CAD")},
    SalesChannel{"amazon.com.mx", "MX", Currency::of("MXN")},
    SalesChannel{"amazon.com.br", "BR", Currency::of("BRL")},
    SalesChannel{"amazon.co.uk", "GB", Currency::of("GBP")},
    SalesChannel{"amazon.de", "DE", Currency::of("EUR")},
    SalesChannel{"amazon.fr", "FR", Currency::of("EUR")},
    SalesChannel{"amazon.it", "IT", Currency::of("EUR")},
    SalesChannel{"amazon.es", "ES", Currency::of("EUR")},
    SalesChannel{"amazon.nl", "NL", Currency::of("EUR")},
    SalesChannel{"amazon.com.be", "BE", Currency::of("EUR")},
    SalesChannel{"amazon.ie", "IE", Currency::of("EUR")},
    SalesChannel{"amazon.se", "SE", Currency::of("SEK")},
    SalesChannel{"amazon.pl", "PL", Currency::of("PLN")},
    SalesChannel{"amazon.com.tr", "TR", Currency::of("TRY")},
    SalesChannel{"amazon.sa", "SA", Currency::of("SAR")},
    SalesChannel{"amazon.ae", "AE", Currency::of("AED")},
    SalesChannel{"amazon.eg", "EG", Currency::of("EGP")},
    SalesChannel{"amazon.co.za", "ZA", Currency::of("ZAR")},
    SalesChannel{"amazon.in", "IN", Currency::of("INR")},
    SalesChannel{"amazon.co.jp", "JP", Currency::of("JPY")},
    SalesChannel{"amazon.jp", "JP", Currency::of("JPY")},
    SalesChannel{"amazon.com.au", "AU", Currency::of("AUD")},
    SalesChannel{"amazon.sg", "SG", Currency::of("SGD")},
};

}  // namespace

const SalesChannel* sales_channel(std::string_view name) {
  if (name.starts_with("www.")) name.remove_prefix(4);
  for (const SalesChannel& channel : kChannels)
    if (equals_ignoring_case(channel.name, name)) return &channel;
  return nullptr;
}

const SalesChannel* sales_channel_of(std::string_view country) {
  if (equals_ignoring_case(country, "UK")) country = "GB";
  for (const SalesChannel& channel : kChannels)
    if (equals_ignoring_case(channel.country, country)) return &channel;
  return nullptr;
}

std::optional<TimeZone> time_zone_of(std::string_view country) {
  // The zone in which a marketplace counts its days is the one in which its reports leave the zone out.
  static const std::map<std::string, std::string, std::less<>> zones = [] {
    std::map<std::string, std::string, std::less<>> read;
    std::istringstream in{std::string(resource("data/marketplace_rules.csv"))};
    CsvReader rows(in, {});
    while (rows.next() == CsvReader::Step::row)
      if (rows.fields().size() > 3 && rows.fields()[0].size() == 2) read[std::string(rows.fields()[0])] = rows.fields()[3];
    return read;
  }();
  const auto found = zones.find(upper(country) == "UK" ? "GB" : upper(country));
  if (found == zones.end()) return std::nullopt;
  Result<TimeZone> zone = TimeZone::named(found->second);
  return zone ? std::optional(*zone) : std::nullopt;
}

}  // namespace zifa
