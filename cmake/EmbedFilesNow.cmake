# The build-time half of embed_files.

set(text "#include \"server/base/embedded_file.h\"\n\nnamespace bursar {\n\n")
string(APPEND text "const std::vector<EmbeddedFile>& ${VARIABLE}();\n")
string(APPEND text "const std::vector<EmbeddedFile>& ${VARIABLE}() {\n")
string(APPEND text "  static const auto& files = *new std::vector<EmbeddedFile>{\n")
foreach(input ${INPUTS})
  get_filename_component(name ${input} NAME)
  file(READ ${input} content)
  string(APPEND text "      {\"${name}\", R\"~embedded~(${content})~embedded~\"},\n")
endforeach()
string(APPEND text "  };\n  return files;\n}\n\n}  // namespace bursar\n")
file(WRITE ${OUTPUT} "${text}")
