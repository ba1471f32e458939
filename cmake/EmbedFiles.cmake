# embed_files(TARGET VARIABLE FILE...): compiles text files into TARGET as
#   const std::vector<bursar::EmbeddedFile>& bursar::VARIABLE();
# in the order given; server/base/embedded_file.h declares the type.

function(embed_files target variable)
  set(output ${CMAKE_CURRENT_BINARY_DIR}/${variable}.cc)
  set(inputs)
  foreach(file ${ARGN})
    get_filename_component(path ${file} ABSOLUTE)
    list(APPEND inputs ${path})
  endforeach()
  add_custom_command(
    OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DVARIABLE=${variable}
      "-DINPUTS=${inputs}" -P ${PROJECT_SOURCE_DIR}/cmake/EmbedFilesNow.cmake
    DEPENDS ${inputs} ${PROJECT_SOURCE_DIR}/cmake/EmbedFilesNow.cmake
    VERBATIM)
  target_sources(${target} PRIVATE ${output})
endfunction()
