# kondor_embed(FILE VARIABLE): the file's text as raw string literals, comma separated, for a template
# that configure_file fills in. In pieces, because clang warns of literals beyond 64 KiB; so the file
# is ASCII, or a letter could be cut in two.
function(kondor_embed file variable)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  string(LENGTH "${text}" length)
  set(pieces "")
  set(at 0)
  while(at LESS length)
    string(SUBSTRING "${text}" ${at} 32000 piece)
    string(APPEND pieces "R\"kondor_piece(${piece})kondor_piece\",\n")
    math(EXPR at "${at} + 32000")
  endwhile()
  set(${variable} "${pieces}" PARENT_SCOPE)
endfunction()
