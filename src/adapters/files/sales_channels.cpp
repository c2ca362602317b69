#include "adapters/files/sales_channels.hpp"

#include <array>

#include "base/text.hpp"

namespace zifa {

namespace {

// Source: docs/rules/flat_files.md, "Sales channels".
constexpr std::array kChannels{
    SalesChannel{"amazon.com", "US", Currency::of("USD"), "America/Los_Angeles"},
    SalesChannel{"amazon.ca", "CA", Currency::of("CAD"), "America/Los_Angeles"},
    SalesChannel{"amazon.com.mx", "MX", Currency::of("MXN"), "America/Los_Angeles"},
    SalesChannel{"amazon.com.br", "BR", Currency::of("BRL"), "America/Sao_Paulo"},
    SalesChannel{"amazon.co.uk", "GB", Currency::of("GBP"), "Europe/London"},
    SalesChannel{"amazon.de", "DE", Currency::of("EUR"), "Europe/Paris"},
    SalesChannel{"amazon.fr", "FR", Currency::of("EUR"), "Europe/Paris"},
    SalesChannel{"amazon.it", "IT", Currency::of("EUR"), "Europe/Paris"},
    SalesChannel{"amazon.es", "ES", Currency::of("EUR"), "Europe/Paris"},
    SalesChannel{"amazon.nl", "NL", Currency::of("EUR"), "Europe/Amsterdam"},
    SalesChannel{"amazon.com.be", "BE", Currency::of("EUR"), "Europe/Brussels"},
    SalesChannel{"amazon.ie", "IE", Currency::of("EUR"), "Europe/Dublin"},
    SalesChannel{"amazon.se", "SE", Currency::of("SEK"), "Europe/Stockholm"},
    SalesChannel{"amazon.pl", "PL", Currency::of("PLN"), "Europe/Warsaw"},
    SalesChannel{"amazon.com.tr", "TR", Currency::of("TRY"), "Europe/Istanbul"},
    SalesChannel{"amazon.sa", "SA", Currency::of("SAR"), "Asia/Riyadh"},
    SalesChannel{"amazon.ae", "AE", Currency::of("AED"), "Asia/Dubai"},
    SalesChannel{"amazon.eg", "EG", Currency::of("EGP"), "Africa/Cairo"},
    SalesChannel{"amazon.co.za", "ZA", Currency::of("ZAR"), "Africa/Johannesburg"},
    SalesChannel{"amazon.in", "IN", Currency::of("INR"), "Asia/Kolkata"},
    SalesChannel{"amazon.co.jp", "JP", Currency::of("JPY"), "Asia/Tokyo"},
    SalesChannel{"amazon.jp", "JP", Currency::of("JPY"), "Asia/Tokyo"},
    SalesChannel{"amazon.com.au", "AU", Currency::of("AUD"), "Australia/Sydney"},
    SalesChannel{"amazon.sg", "SG", Currency::of("SGD"), "Asia/Singapore"},
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

}  // namespace zifa
