#include "adapters/documents/documents.hpp"

#include <mutex>
#include <vector>

#include "adapters/documents/label_layout.hpp"
#include "adapters/documents/lists.hpp"
#include "adapters/documents/pdf.hpp"
#include "adapters/documents/table.hpp"
#include "adapters/documents/zpl.hpp"

namespace zifa::documents {

namespace {

// Fonts cost some milliseconds to open and serve one thread at a time: as many are kept as threads ever printed at once.
class FontPool {
 public:
  explicit FontPool(std::unique_ptr<Fonts> first) { free_.push_back(std::move(first)); }

  class Lease {
   public:
    Lease(FontPool& pool, std::unique_ptr<Fonts> fonts) : pool_(pool), fonts_(std::move(fonts)) {}
    ~Lease() {
      if (!fonts_) return;
      const std::lock_guard lock(pool_.mutex_);
      pool_.free_.push_back(std::move(fonts_));
    }
    Lease(Lease&&) = default;
    Fonts& operator*() { return *fonts_; }

   private:
    FontPool& pool_;
    std::unique_ptr<Fonts> fonts_;
  };

  Result<Lease> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        std::unique_ptr<Fonts> fonts = std::move(free_.back());
        free_.pop_back();
        return Lease(*this, std::move(fonts));
      }
    }
    return Lease(*this, TRY(Fonts::open()));
  }

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<Fonts>> free_;
};

constexpr double kA4Width = 1'680, kA4Height = 2'376;

class PaperDocuments final : public Documents {
 public:
  explicit PaperDocuments(std::unique_ptr<Fonts> fonts) : pool_(std::move(fonts)) {}

  Result<Printed> labels_pdf(std::span<const LabelPage> labels) override {
    FontPool::Lease fonts = TRY(pool_.take());
    PdfWriter pdf(*fonts, 800, 1'200);
    Printed printed;
    int place = 0;  // of the A4 sheet begun
    for (std::size_t row = 0; row < labels.size(); ++row) {
      PageResult& result = begin_row(printed, row);
      Result<Layout> layout = lay_out_label(*fonts, labels[row]);
      if (!layout) {
        result.error = std::move(layout).error();
        continue;
      }
      result.notes = std::move(layout->notes);
      const bool four = labels[row].size == PageSize::a4_four_labels;
      if (!four && place > 0) pdf.next_sheet(), place = 0;
      result.first_page = pdf.sheets() + 1;
      for (const Page& page : layout->pages) {
        if (!four) {
          pdf.add(page);
          continue;
        }
        if (place == 4) pdf.next_sheet(), place = 0;
        if (place == 0) {
          pdf.sheet_size(kA4Width, kA4Height);
          if (&page == &layout->pages.front()) result.first_page = pdf.sheets() + 1;
        }
        pdf.place(page, place % 2 == 0 ? 0 : kA4Width / 2, place < 2 ? 0 : kA4Height / 2);
        ++place;
      }
      const std::size_t last = pdf.sheets() + (four ? 1 : 0);
      result.pages = last - result.first_page + 1;
    }
    return finish(pdf, std::move(printed));
  }

  Result<Printed> labels_zpl(std::span<const LabelPage> labels) override {
    FontPool::Lease fonts = TRY(pool_.take());
    ZplWriter zpl(*fonts);
    Printed printed;
    for (std::size_t row = 0; row < labels.size(); ++row) {
      PageResult& result = begin_row(printed, row);
      if (labels[row].size != PageSize::label_100x150 && labels[row].size != PageSize::label_100x100) {
        result.error = invalid("label.no_sheet_printer", "Parcel " + labels[row].parcel_no + " asks for a sheet of paper, which label printers do not have; choose 100 x 150 or 100 x 100 mm.");
        continue;
      }
      Result<Layout> layout = lay_out_label(*fonts, labels[row]);
      if (!layout) {
        result.error = std::move(layout).error();
        continue;
      }
      result.notes = std::move(layout->notes);
      result.first_page = printed.pages + 1;
      result.pages = layout->pages.size();
      printed.pages += layout->pages.size();
      for (const Page& page : layout->pages) zpl.add(page, printed.bytes);
    }
    return printed;
  }

  Result<Printed> item_labels_pdf(std::span<const ItemLabel> labels) override {
    return print(labels, lay_out_item_label, +[](const ItemLabel& label) { return label.copies; });
  }

  Result<Printed> item_labels_zpl(std::span<const ItemLabel> labels) override {
    FontPool::Lease fonts = TRY(pool_.take());
    ZplWriter zpl(*fonts);
    Printed printed;
    for (std::size_t row = 0; row < labels.size(); ++row) {
      PageResult& result = begin_row(printed, row);
      Result<Layout> layout = lay_out_item_label(*fonts, labels[row]);
      if (!layout) {
        result.error = std::move(layout).error();
        continue;
      }
      result.notes = std::move(layout->notes);
      result.first_page = printed.pages + 1;
      result.pages = static_cast<std::size_t>(labels[row].copies);
      printed.pages += result.pages;
      zpl.add(layout->pages.front(), printed.bytes, labels[row].copies);
    }
    return printed;
  }

  Result<Printed> packing_slips_pdf(std::span<const PackingSlip> slips) override { return print(slips, lay_out_slip); }
  Result<Printed> pick_lists_pdf(std::span<const PickList> lists) override { return print(lists, lay_out_pick_list); }
  Result<Printed> handovers_pdf(std::span<const HandoverList> lists) override { return print(lists, lay_out_handover); }
  Result<Printed> invoices_pdf(std::span<const CommercialInvoice> invoices) override { return print(invoices, lay_out_invoice); }
  Result<Printed> carton_diagrams_pdf(std::span<const CartonDiagram> diagrams) override { return print(diagrams, lay_out_carton); }

  Result<TableResult> table_xlsx(const TableSheet& sheet, const Sink& sink) override { return write_xlsx(sheet, sink); }
  Result<TableResult> table_csv(const TableSheet& sheet, const Sink& sink) override { return write_csv(sheet, sink); }

 private:
  static PageResult& begin_row(Printed& printed, std::size_t row) {
    printed.rows.emplace_back();
    printed.rows.back().row = row;
    return printed.rows.back();
  }

  static Result<Printed> finish(PdfWriter& pdf, Printed printed) {
    printed.bytes = TRY(pdf.finish());
    printed.pages = pdf.sheets();
    return printed;
  }

  template <class T>
  static std::int32_t once(const T&) { return 1; }

  template <class T>
  Result<Printed> print(std::span<const T> things, Result<Layout> (*lay_out)(Fonts&, const T&), std::int32_t (*copies)(const T&) = once<T>) {
    FontPool::Lease fonts = TRY(pool_.take());
    PdfWriter pdf(*fonts, kA4Width, kA4Height);
    Printed printed;
    for (std::size_t row = 0; row < things.size(); ++row) {
      PageResult& result = begin_row(printed, row);
      Result<Layout> layout = lay_out(*fonts, things[row]);
      if (!layout) {
        result.error = std::move(layout).error();
        continue;
      }
      result.notes = std::move(layout->notes);
      result.first_page = pdf.sheets() + 1;
      const std::int32_t times = copies(things[row]);
      result.pages = layout->pages.size() * static_cast<std::size_t>(times);
      for (std::int32_t i = 0; i < times; ++i)
        for (const Page& page : layout->pages) pdf.add(page);
    }
    return finish(pdf, std::move(printed));
  }

  FontPool pool_;
};

}  // namespace

Result<std::unique_ptr<Documents>> open_documents() {
  std::unique_ptr<Fonts> fonts = TRY(Fonts::open());
  return std::unique_ptr<Documents>(std::make_unique<PaperDocuments>(std::move(fonts)));
}

}  // namespace zifa::documents
