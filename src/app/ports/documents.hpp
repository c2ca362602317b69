// Everything Zifa prints: labels, packing slips, pick lists, hand-over lists, invoices for customs, packing plans, tables.
//
// The structs hold what is to be read on paper, already decided: who may see an order id, which number goes to
// Amazon, how lines are sorted. The printer only measures, breaks lines and draws. Three promises hold everywhere:
//
// * The order of pages is the order given; nothing is sorted again. (A pile of labels lies in pick order.)
// * One bad row never stops a batch: it has no page, its `PageResult` names the reason, all others are printed.
// * A postcode, a country, a tracking number or a barcode is whole or its row is refused. Other text that does not
//   fit is made smaller, then broken, then cut with an ellipsis, and the row's `notes` say so.
//
// Text is UTF-8. Control characters, bytes that are not UTF-8 and emoji are left out. A letter that no installed font
// has is a refusal (`document.no_font`) in an address, and prints as a box elsewhere with a note.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/length.hpp"
#include "base/money.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/weight.hpp"

namespace zifa::documents {

// ---- what every document shares -------------------------------------------------------------------------------------

enum class PageSize {
  label_100x150,   // thermal, 4 x 6 inch printers
  label_100x100,   // thermal; a customs declaration becomes a page of its own behind the label
  a4_four_labels,  // four 105 x 148 mm labels on a sheet, filled row by row
  a4,
  letter,
  label_50x30,     // thermal, for goods and bins
  label_60x40,
};

enum class Symbology {
  code128,      // ASCII
  gs1_128,      // element strings with their application identifiers in brackets: (420)90210(92)00112345678901234567
  itf,          // an even number of digits
  data_matrix,  // ASCII or UTF-8
  qr,           // ASCII or UTF-8
};

struct Barcode {
  Symbology symbology = Symbology::code128;
  std::string data;     // empty: no barcode
  std::string caption;  // printed below; empty = the data (GS1-128: without what `caption` leaves out)
  bool operator==(const Barcode&) const = default;
};

struct Address {
  std::string name;
  std::string company;
  std::vector<std::string> lines;  // street and further lines, without city, postcode and country
  std::string city;
  std::string region;    // state, province, prefecture; may be empty
  std::string postcode;  // never cut
  std::string country;   // ISO 3166 alpha-2, "US"
  std::string country_name;  // as printed, "UNITED STATES"; empty = the code. Never cut
  std::string phone;
  bool operator==(const Address&) const = default;
};

// What became of one thing given to the printer.
struct PageResult {
  std::size_t row = 0;         // its place in the span given
  std::optional<Error> error;  // set: it has no page; the message names the order or parcel and the next step
  std::size_t first_page = 0;  // 1-based; with four labels on a sheet several rows share a page. 0 without a page
  std::size_t pages = 0;
  std::vector<std::string> notes;  // "title of MUG-01 cut": printed, but look at it
  bool ok() const { return !error; }
};

struct Printed {
  std::string bytes;  // empty when every row was refused
  std::size_t pages = 0;
  std::vector<PageResult> rows;  // one for each row given, in the order given
};

// ---- labels ---------------------------------------------------------------------------------------------------------

struct CustomsItem {
  std::string name_en;
  std::string name_local;  // as the exporting side declares it, usually Chinese; may be empty
  std::int64_t quantity = 1;
  Weight weight;           // of all units together
  Money value;             // of all units together
  std::string hs_code;
  std::string origin;      // ISO 3166 alpha-2
  bool operator==(const CustomsItem&) const = default;
};

// A CN22 (up to 300 SDR, decided by the caller) as a block on the label.
struct Customs {
  enum class Kind { gift, documents, sample, merchandise, returned, other };
  Kind kind = Kind::merchandise;
  std::vector<CustomsItem> items;
  Weight total_weight;
  Money total_value;
  std::string tax_id;     // "IOSS IM0400000000"
  std::string signed_by;
  std::optional<Day> signed_on;
  bool operator==(const Customs&) const = default;
};

struct LabelPage {
  PageSize size = PageSize::label_100x150;
  std::string language = "en";  // of captions: en or zh; what the carrier reads is English as well

  std::string carrier;       // "YunExpress"
  std::string service;       // "Global Standard, registered"
  std::string routing_code;  // sorting code in large letters; may be empty
  Barcode tracking;          // the number itself: `tracking.data`
  std::optional<Barcode> routing;  // a second, smaller code (Data Matrix, QR, or one line)

  Address from;
  Address to;
  std::string return_to;  // one line; empty = undeliverable parcels go to `from`

  Weight weight;
  std::optional<Size> outer;    // printed as L x W x H in cm
  std::string parcel_no;        // our reference, as the packing station scans it
  std::string order_id;         // masked or not, as the caller decides; empty = not printed
  std::string contents;         // "MUG-01 x1, PLATE-2 x2": what goes in, for the packer; empty = not printed
  std::string batch;            // wave or batch; printed with the row's place in it, "W12 3/40"
  std::int32_t position = 0, of = 0;  // 0 = not printed
  std::int32_t parcel_index = 1, parcel_count = 1;  // "1/2" of a multi-parcel order
  std::int32_t reprints = 0;    // above 0: marked as a reprint with the count
  std::optional<Day> shipped_on;

  std::optional<Customs> customs;
  enum class Terms { none, ddp, dap } terms = Terms::none;
  bool battery = false;    // lithium battery mark with the UN number
  std::string un_number = "UN3481";
  bool fragile = false;

  bool operator==(const LabelPage&) const = default;
};

// A sticker for goods, a bin or a tote: what the scanner reads, and in large letters what people read.
struct ItemLabel {
  PageSize size = PageSize::label_50x30;  // or label_60x40
  std::string headline;   // SKU, bin or tote: as large as fits, never cut
  std::string title;      // up to two small lines; may be empty
  // Linear codes too wide for the sticker become a Data Matrix with the same data, with a note: not every scanner reads it.
  Barcode code;
  std::int32_t copies = 1;  // 1 to 1000
  bool operator==(const ItemLabel&) const = default;
};

// ---- lists ----------------------------------------------------------------------------------------------------------

struct SlipItem {
  std::string sku;
  std::string title;
  std::int64_t quantity = 1;
  std::string bin;    // for the packer; empty = not printed
  std::string note;   // customisation; may be empty
  std::optional<Money> unit_price;  // never printed on a gift
  bool operator==(const SlipItem&) const = default;
};

// The slip that travels with the parcel. It has no room for advertising on purpose, and a `note` with a link is refused
// (`slip.link_in_note`): see docs/rules/labels.md. The buyer's own gift message is printed as written.
struct PackingSlip {
  PageSize size = PageSize::a4;
  std::string language = "en";  // the buyer's: en de fr it es ja zh; others print in English
  std::string seller;           // store name
  std::vector<std::string> seller_lines;
  std::string order_id;
  std::optional<Day> ordered_on;
  Address ship_to;
  std::string service;
  std::string parcel_no;        // printed as Code 128 for the packing station
  std::int32_t parcel_index = 1, parcel_count = 1;
  std::vector<SlipItem> items;
  bool gift = false;
  std::string gift_message;
  std::string note;
  std::optional<Money> shipping, tax, total;  // never printed on a gift
  bool operator==(const PackingSlip&) const = default;
};

struct PickLine {
  std::string zone;
  std::string bin;
  std::string sku;
  std::string title;
  std::int64_t quantity = 1;
  std::vector<std::string> orders;  // orders or totes the units go to, with their quantity: "T3 x2"
  bool operator==(const PickLine&) const = default;
};

// Lines come sorted by the caller: the walk through the warehouse is domain knowledge.
struct PickList {
  PageSize size = PageSize::a4;
  std::string language = "en";
  std::string wave;
  std::string warehouse;
  std::string picker;          // may be empty
  std::string due;             // earliest ship-by with its zone, "25 Nov 17:00 PST"; may be empty
  std::int64_t orders = 0;
  std::vector<PickLine> lines;
  bool last_line_first = false;  // printed in reverse: face-up labels then match from the top of the pile
  bool operator==(const PickList&) const = default;
};

struct HandoverParcel {
  std::string parcel_no;
  std::string tracking_number;
  std::string service;
  std::string country;
  Weight weight;
  bool operator==(const HandoverParcel&) const = default;
};

// What the driver signs for. The totals are counted from the parcels.
struct HandoverList {
  PageSize size = PageSize::a4;
  std::string language = "en";
  std::string carrier;
  std::string manifest_no;   // printed as Code 128 too; may be empty
  std::string from;          // warehouse, one line
  std::string pickup;        // pickup time with its zone
  std::string vehicle;       // may be empty
  std::vector<HandoverParcel> parcels;
  bool operator==(const HandoverList&) const = default;
};

// How one parcel is packed, box by box, in the order in which they go in. Millimetres inside the carton; z is up.
struct PackStep {
  std::string sku;
  std::string title;
  std::int32_t x = 0, y = 0, z = 0;
  std::int32_t dx = 0, dy = 0, dz = 0;
  bool operator==(const PackStep&) const = default;
};

struct CartonDiagram {
  PageSize size = PageSize::a4;
  std::string language = "en";
  std::string parcel_no;
  std::string carton;
  std::int32_t length = 0, width = 0, height = 0;  // inner, mm
  Weight weight;
  std::vector<PackStep> steps;
  bool operator==(const CartonDiagram&) const = default;
};

// The invoice that customs read with an international parcel. Goods, freight and insurance are added up here, so that the
// total cannot contradict the lines; all amounts are in one currency (`invoice.two_currencies`).
struct CommercialInvoice {
  enum class Kind { commercial, proforma };
  PageSize size = PageSize::a4;
  std::string language = "en";  // captions: en, or zh with English beside it
  Kind kind = Kind::commercial;
  std::string number;           // printed as Code 128 too when it can be
  std::optional<Day> date;
  std::string order_id, parcel_no;
  std::string carrier, tracking_number;
  Address seller, buyer;
  std::string seller_tax_id;    // "EORI CN123456789012345, IOSS IM0400000000"
  std::string buyer_tax_id;
  std::string incoterm;         // "DDP Chicago"
  std::string reason;           // "Sale of goods"
  std::vector<CustomsItem> items;
  Weight gross_weight;
  std::optional<Money> freight, insurance;
  std::string signed_by;
  std::optional<Day> signed_on;
  bool operator==(const CommercialInvoice&) const = default;
};

// ---- tables ---------------------------------------------------------------------------------------------------------

// Empty, text, a whole number, a share in millionths (0.25 = 250000), an amount, a day, a point in time.
struct Millionths {
  std::int64_t value = 0;
  bool operator==(const Millionths&) const = default;
};
using Cell = std::variant<std::monostate, std::string, std::int64_t, Millionths, Money, Day, Instant>;

struct TableColumn {
  std::string title;
  std::int32_t width = 14;  // characters
};

struct TableSheet {
  std::string name = "Sheet1";
  std::vector<TableColumn> columns;
  // Fills the next row and says true, or says false at the end. Called until then, once.
  std::function<bool(std::vector<Cell>& row)> next;
  TimeZone zone = TimeZone::utc();  // instants are shown in it (XLSX) or carry its offset (CSV)
  bool byte_order_mark = false;     // CSV: makes Excel read it as UTF-8
  bool guard_formulas = false;      // CSV: text that a spreadsheet would run as a formula gets a leading apostrophe
};

struct TableResult {
  std::size_t rows = 0;
  std::vector<std::string> notes;  // "row 12, title: cut to 32767 characters"; at most 100
};

// Takes bytes in order; an error stops the writing and is handed back.
using Sink = std::function<Result<Done>(std::string_view)>;

// ---- the port -------------------------------------------------------------------------------------------------------

// Safe to call from several threads at once. Refusals of a whole call are rare: `document.no_fonts` (nothing to write
// with), `document.failed` (the drawing library gave up). Everything about one row is in its PageResult.
class Documents {
 public:
  virtual ~Documents() = default;

  virtual Result<Printed> labels_pdf(std::span<const LabelPage> labels) = 0;
  // For 203 dpi printers, one format (^XA ... ^XZ) a label; `a4_four_labels`, `a4` and `letter` are refused by row.
  virtual Result<Printed> labels_zpl(std::span<const LabelPage> labels) = 0;

  virtual Result<Printed> item_labels_pdf(std::span<const ItemLabel> labels) = 0;
  virtual Result<Printed> item_labels_zpl(std::span<const ItemLabel> labels) = 0;

  virtual Result<Printed> packing_slips_pdf(std::span<const PackingSlip> slips) = 0;
  virtual Result<Printed> pick_lists_pdf(std::span<const PickList> lists) = 0;
  virtual Result<Printed> handovers_pdf(std::span<const HandoverList> lists) = 0;
  virtual Result<Printed> invoices_pdf(std::span<const CommercialInvoice> invoices) = 0;
  virtual Result<Printed> carton_diagrams_pdf(std::span<const CartonDiagram> diagrams) = 0;

  // Both stream: memory does not grow with the rows. More than 1,048,575 rows go on in further sheets of the XLSX.
  virtual Result<TableResult> table_xlsx(const TableSheet& sheet, const Sink& sink) = 0;
  virtual Result<TableResult> table_csv(const TableSheet& sheet, const Sink& sink) = 0;
};

}  // namespace zifa::documents
