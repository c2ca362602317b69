# Parts folders: every .cpp file in FOLDER defines one object of TYPE named after the file. The list of them is
# generated here, so that dropping a file in adds a carrier, metric, command or resource and touches nothing else.
#
#   zifa_parts(TARGET zifa_cli FOLDER src/cli/commands TYPE Command NAMESPACE zifa::cli HEADER cli/command.hpp LIST commands)
#
# With EACH carrier.cpp every subfolder that holds such a file is a part, named after the subfolder.
#
# generates `std::span<const zifa::cli::Command* const> zifa::cli::commands()`, which HEADER declares.
function(zifa_parts)
  cmake_parse_arguments(P "" "TARGET;FOLDER;TYPE;NAMESPACE;HEADER;LIST;EACH" "" ${ARGN})
  if(P_EACH)
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${P_FOLDER}/*/${P_EACH})
  else()
    file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${P_FOLDER}/*.cpp)
  endif()
  list(SORT files)
  set(externs "")
  set(entries "")
  foreach(file ${files})
    if(P_EACH)
      get_filename_component(folder ${file} DIRECTORY)
      get_filename_component(name ${folder} NAME)
    else()
      get_filename_component(name ${file} NAME_WE)
    endif()
    string(APPEND externs "extern const ${P_TYPE} ${name};\n")
    string(APPEND entries "    &${name},\n")
  endforeach()
  set(out ${CMAKE_BINARY_DIR}/parts/${P_TARGET}_${P_LIST}.cpp)
  file(GENERATE OUTPUT ${out} CONTENT "#include \"${P_HEADER}\"\n\n#include <span>\n#include <vector>\n\nnamespace ${P_NAMESPACE} {\n\n${externs}\nstd::span<const ${P_TYPE}* const> ${P_LIST}() {\n  static const std::vector<const ${P_TYPE}*> all{\n${entries}  };\n  return all;\n}\n\n}  // namespace ${P_NAMESPACE}\n")
  target_sources(${P_TARGET} PRIVATE ${out})
endfunction()
