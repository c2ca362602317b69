#include "adapters/files/zip_archive.hpp"

#include <minizip/unzip.h>

#include <algorithm>

namespace zifa {

namespace {

// minizip asks for files; these answer from our stream.
std::istream& stream(voidpf opaque) { return *static_cast<std::istream*>(opaque); }

voidpf open_stream(voidpf opaque, const void*, int) { return opaque; }

uLong read_stream(voidpf, voidpf opened, void* to, uLong size) {
  std::istream& in = stream(opened);
  in.clear();
  in.read(static_cast<char*>(to), static_cast<std::streamsize>(size));
  return static_cast<uLong>(std::max<std::streamsize>(in.gcount(), 0));
}

uLong write_nothing(voidpf, voidpf, const void*, uLong) { return 0; }

ZPOS64_T tell_stream(voidpf, voidpf opened) {
  std::istream& in = stream(opened);
  in.clear();
  return static_cast<ZPOS64_T>(in.tellg());
}

long seek_stream(voidpf, voidpf opened, ZPOS64_T offset, int origin) {
  std::istream& in = stream(opened);
  in.clear();
  const auto way = origin == ZLIB_FILEFUNC_SEEK_END ? std::ios::end : origin == ZLIB_FILEFUNC_SEEK_CUR ? std::ios::cur : std::ios::beg;
  in.seekg(static_cast<std::streamoff>(offset), way);
  return in ? 0 : -1;
}

int close_nothing(voidpf, voidpf) { return 0; }
int error_of(voidpf, voidpf opened) { return stream(opened).bad() ? 1 : 0; }

Error damaged(std::string why) {
  return invalid("file.damaged_workbook", "The workbook is damaged (" + std::move(why) + "); open and save it again, or export it anew.");
}

}  // namespace

Result<std::unique_ptr<ZipArchive>> ZipArchive::open(std::unique_ptr<std::istream> in) {
  std::unique_ptr<ZipArchive> archive(new ZipArchive(std::move(in)));
  zlib_filefunc64_def functions{};
  functions.zopen64_file = open_stream;
  functions.zread_file = read_stream;
  functions.zwrite_file = write_nothing;
  functions.ztell64_file = tell_stream;
  functions.zseek64_file = seek_stream;
  functions.zclose_file = close_nothing;
  functions.zerror_file = error_of;
  functions.opaque = archive->in_.get();
  archive->zip_ = unzOpen2_64("workbook", &functions);
  if (archive->zip_ == nullptr) return damaged("its table of contents is missing, so it was cut short or is no workbook");
  return archive;
}

ZipArchive::~ZipArchive() {
  stop();
  if (zip_ != nullptr) unzClose(zip_);
}

void ZipArchive::stop() {
  if (reading_) unzCloseCurrentFile(zip_);
  reading_ = false;
}

Result<bool> ZipArchive::start(const std::string& name) {
  stop();
  if (name.empty() || name.size() > 250) return false;
  const int found = unzLocateFile(zip_, name.c_str(), 2);
  if (found == UNZ_END_OF_LIST_OF_FILE) return false;
  if (found != UNZ_OK) return damaged("its table of contents cannot be read");
  unz_file_info64 info{};
  if (unzGetCurrentFileInfo64(zip_, &info, nullptr, 0, nullptr, 0, nullptr, 0) != UNZ_OK) return damaged("its table of contents cannot be read");
  if ((info.flag & 1) != 0) return invalid("file.encrypted", "The workbook is protected by a password; save it without one.");
  if (unzOpenCurrentFile(zip_) != UNZ_OK) return damaged("its part " + name + " cannot be opened");
  reading_ = true;
  packed_ = info.compressed_size;
  unpacked_ = 0;
  name_ = name;
  return true;
}

Result<std::size_t> ZipArchive::read(char* to, std::size_t room) {
  const int got = unzReadCurrentFile(zip_, to, static_cast<unsigned>(std::min<std::size_t>(room, 1U << 20)));
  if (got < 0) return damaged("its part " + name_ + " cannot be unpacked");
  unpacked_ += static_cast<std::uint64_t>(got);
  if (unpacked_ > kMostBytes || (unpacked_ > kAlwaysAllowed && unpacked_ / kMostExpansion > packed_))
    return invalid("file.too_large", "The workbook unpacks to more than we read; save it as CSV or split it.");
  if (got == 0) {
    reading_ = false;
    if (unzCloseCurrentFile(zip_) == UNZ_CRCERROR) return damaged("the checksum of its part " + name_ + " is wrong");
  }
  return static_cast<std::size_t>(got);
}

Result<std::string> ZipArchive::whole(const std::string& name, std::size_t most) {
  std::string bytes;
  if (!TRY(start(name))) return bytes;
  for (;;) {
    const std::size_t used = bytes.size();
    bytes.resize(used + 32 * 1024);
    const std::size_t got = TRY(read(bytes.data() + used, 32 * 1024));
    bytes.resize(used + got);
    if (got == 0) return bytes;
    if (bytes.size() > most) {
      stop();
      return invalid("file.too_large", "The part " + name + " of the workbook is larger than we read; save it as CSV.");
    }
  }
}

}  // namespace zifa
