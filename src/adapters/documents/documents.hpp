// The printer behind the port: Pango, Cairo and zint for PDF, our own writer for ZPL, libxlsxwriter for tables.
#pragma once

#include <memory>

#include "app/ports/documents.hpp"

namespace zifa::documents {

// Looks the fonts up once. Refuses `document.no_fonts` when no font can write plain Latin letters.
Result<std::unique_ptr<Documents>> open_documents();

}  // namespace zifa::documents
