# SPDX-License-Identifier: GPL-3.0-or-later
# What the window carries inside it: design tokens, glyphs of bootstrap-icons by name, our mark, and the two fonts. The fonts are
# taken from Debian's packages at build time; without python3-fonttools Inter goes in unchanged (its figures are proportional then).
set(infra_resources ${CMAKE_CURRENT_LIST_DIR}/../../resources)
get_filename_component(infra_resources ${infra_resources} ABSOLUTE)
set(infra_icon_list ${infra_resources}/icons/icons.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${infra_icon_list})
set(INFRA_ICON_FOLDER /usr/share/bootstrap-icons/svg CACHE PATH "SVG files of Debian's bootstrap-icons")
set(INFRA_INTER_FOLDER /usr/share/fonts/opentype/inter CACHE PATH "OTF files of Debian's fonts-inter")
set(INFRA_MONO_FOLDER /usr/share/fonts/truetype/jetbrains-mono CACHE PATH "TTF files of Debian's fonts-jetbrains-mono")

set(infra_qrc_dir ${CMAKE_CURRENT_BINARY_DIR}/resources)
set(infra_qrc_files "${infra_resources}/themes/tokens.json;${infra_resources}/icons/infrastructor.svg")
set(infra_qrc "<!DOCTYPE RCC><RCC version=\"1.0\"><qresource prefix=\"/infra\">\n")
string(APPEND infra_qrc "<file alias=\"themes/tokens.json\">${infra_resources}/themes/tokens.json</file>\n")
string(APPEND infra_qrc "<file alias=\"icons/infrastructor.svg\">${infra_resources}/icons/infrastructor.svg</file>\n")

file(STRINGS ${infra_icon_list} infra_icon_lines)
foreach(line IN LISTS infra_icon_lines)
  string(REGEX REPLACE "[ \t]*#.*$" "" name "${line}")
  if(NOT name)
    continue()
  endif()
  set(glyph ${INFRA_ICON_FOLDER}/${name}.svg)
  if(NOT EXISTS ${glyph})
    message(FATAL_ERROR "icons.txt names '${name}', but ${glyph} is not there: is the package bootstrap-icons installed?")
  endif()
  string(APPEND infra_qrc "<file alias=\"icons/${name}.svg\">${glyph}</file>\n")
  list(APPEND infra_qrc_files ${glyph})
endforeach()

# The machine's own Python: a virtual environment or another build of it has no python3-fonttools.
execute_process(COMMAND /usr/bin/python3 -c "import fontTools.subset" RESULT_VARIABLE infra_no_fonttools OUTPUT_QUIET ERROR_QUIET)
function(infra_font source family style mode)
  get_filename_component(stem ${source} NAME)
  if(NOT EXISTS ${source})
    message(FATAL_ERROR "${source} is not there: are fonts-inter and fonts-jetbrains-mono installed?")
  endif()
  if(infra_no_fonttools)
    set(font ${source})
  else()
    set(font ${infra_qrc_dir}/${stem})
    add_custom_command(OUTPUT ${font}
      COMMAND /usr/bin/python3 ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/make_font.py ${source} ${font} ${family} ${style} ${mode}
      DEPENDS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/make_font.py ${source} COMMENT "Font ${stem}" VERBATIM)
  endif()
  set(infra_qrc "${infra_qrc}<file alias=\"fonts/${stem}\">${font}</file>\n" PARENT_SCOPE)
  set(infra_qrc_files "${infra_qrc_files};${font}" PARENT_SCOPE)
endfunction()
if(infra_no_fonttools)
  message(WARNING "python3-fonttools is missing: figures will not be tabular")
endif()
foreach(style Regular Medium SemiBold)
  infra_font(${INFRA_INTER_FOLDER}/Inter-${style}.otf "Infra Sans" ${style} tabular)
endforeach()
foreach(style Regular Medium)
  infra_font(${INFRA_MONO_FOLDER}/JetBrainsMono-${style}.ttf "Infra Mono" ${style} plain)
endforeach()

string(APPEND infra_qrc "</qresource></RCC>\n")
file(CONFIGURE OUTPUT ${infra_qrc_dir}/infra_ui.qrc CONTENT "${infra_qrc}" @ONLY)
set(infra_qrc_cpp ${infra_qrc_dir}/qrc_infra_ui.cpp)
add_custom_command(OUTPUT ${infra_qrc_cpp}
  COMMAND Qt6::rcc --name infra_ui --output ${infra_qrc_cpp} ${infra_qrc_dir}/infra_ui.qrc
  DEPENDS ${infra_qrc_dir}/infra_ui.qrc ${infra_qrc_files} COMMENT "Resources of the window" VERBATIM)
set_source_files_properties(${infra_qrc_cpp} PROPERTIES
  SKIP_AUTOGEN ON SKIP_UNITY_BUILD_INCLUSION ON SKIP_PRECOMPILE_HEADERS ON COMPILE_OPTIONS "-w;-O0")
target_sources(infra_ui PRIVATE ${infra_qrc_cpp})
