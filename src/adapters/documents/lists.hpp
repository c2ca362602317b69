// Layouts of everything that is not a label: one function a document, each giving its pages in order.
#pragma once

#include "adapters/documents/label_layout.hpp"

namespace zifa::documents {

// Refuses `slip.no_order`, `slip.no_items`, `slip.link_in_note`, `slip.bad_parcel_number`, `document.layout`.
Result<Layout> lay_out_slip(Fonts& fonts, const PackingSlip& slip);
// Refuses `pick_list.no_lines`, `pick_list.bad_wave`.
Result<Layout> lay_out_pick_list(Fonts& fonts, const PickList& list);
// Refuses `handover.no_parcels`, `handover.no_number`.
Result<Layout> lay_out_handover(Fonts& fonts, const HandoverList& list);
// Refuses `invoice.no_number`, `invoice.no_items`, `invoice.no_address`, `invoice.two_currencies`, `document.no_font`.
Result<Layout> lay_out_invoice(Fonts& fonts, const CommercialInvoice& invoice);
// Refuses `carton.no_steps`, `carton.bad_size`, `carton.outside`.
Result<Layout> lay_out_carton(Fonts& fonts, const CartonDiagram& diagram);

// The sheet of a list in dots; label sizes are taken as they are, four labels on A4 as A4.
Rect sheet_of(PageSize size);

}  // namespace zifa::documents
