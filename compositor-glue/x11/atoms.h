// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_ATOMS_H
#define COMPOSITOR_GLUE_X11_ATOMS_H

#include <xcb/xcb.h>

/* The names that a window manager and applications have in common (ICCCM, EWMH, Xwayland). PURE. */
#define ATOMS(X)                                                                                   \
	X(UTF8_STRING)                                                                             \
	X(WL_SURFACE_SERIAL)                                                                       \
	X(WM_CHANGE_STATE)                                                                         \
	X(WM_DELETE_WINDOW)                                                                        \
	X(WM_PROTOCOLS)                                                                            \
	X(WM_S0)                                                                                   \
	X(WM_STATE)                                                                                \
	X(WM_TAKE_FOCUS)                                                                           \
	X(_MOTIF_WM_HINTS)                                                                         \
	X(_NET_ACTIVE_WINDOW)                                                                      \
	X(_NET_CLIENT_LIST)                                                                        \
	X(_NET_CLIENT_LIST_STACKING)                                                               \
	X(_NET_CLOSE_WINDOW)                                                                       \
	X(_NET_CURRENT_DESKTOP)                                                                    \
	X(_NET_FRAME_EXTENTS)                                                                      \
	X(_NET_MOVERESIZE_WINDOW)                                                                  \
	X(_NET_NUMBER_OF_DESKTOPS)                                                                 \
	X(_NET_REQUEST_FRAME_EXTENTS)                                                              \
	X(_NET_SUPPORTED)                                                                          \
	X(_NET_SUPPORTING_WM_CHECK)                                                                \
	X(_NET_WM_CM_S0)                                                                           \
	X(_NET_WM_ICON)                                                                            \
	X(_NET_WM_MOVERESIZE)                                                                      \
	X(_NET_WM_NAME)                                                                            \
	X(_NET_WM_STATE)                                                                           \
	X(_NET_WM_STATE_ABOVE)                                                                     \
	X(_NET_WM_STATE_FOCUSED)                                                                   \
	X(_NET_WM_STATE_FULLSCREEN)                                                                \
	X(_NET_WM_STATE_HIDDEN)                                                                    \
	X(_NET_WM_STATE_MAXIMIZED_HORZ)                                                            \
	X(_NET_WM_STATE_MAXIMIZED_VERT)                                                            \
	X(_NET_WM_STATE_MODAL)                                                                     \
	X(_NET_WM_SYNC_REQUEST)                                                                    \
	X(_NET_WM_SYNC_REQUEST_COUNTER)                                                            \
	X(_NET_WM_WINDOW_TYPE)                                                                     \
	X(_NET_WM_WINDOW_TYPE_COMBO)                                                               \
	X(_NET_WM_WINDOW_TYPE_DND)                                                                 \
	X(_NET_WM_WINDOW_TYPE_DOCK)                                                                \
	X(_NET_WM_WINDOW_TYPE_DROPDOWN_MENU)                                                       \
	X(_NET_WM_WINDOW_TYPE_NOTIFICATION)                                                        \
	X(_NET_WM_WINDOW_TYPE_POPUP_MENU)                                                          \
	X(_NET_WM_WINDOW_TYPE_SPLASH)                                                              \
	X(_NET_WM_WINDOW_TYPE_TOOLTIP)                                                             \
	X(_XWAYLAND_ALLOW_COMMITS)

#define ATOM_ENTRY(name) ATOM_##name,
enum atom {
	ATOMS(ATOM_ENTRY) ATOM_COUNT
};
#undef ATOM_ENTRY

struct atoms {
	xcb_atom_t atom[ATOM_COUNT]; // XCB_ATOM_NONE where the server had no room
};

extern const char *const atoms_names[ATOM_COUNT];
/* ATOM_COUNT when it is none of them. */
enum atom atoms_find(const struct atoms *atoms, xcb_atom_t atom);

#endif
