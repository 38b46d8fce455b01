// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/settings.h"

#include <freerdp/constants.h>
#include <freerdp/crypto/certificate.h>
#include <freerdp/crypto/privatekey.h>
#include <openssl/tls1.h>

#include "compositor-glue/rdp/credentials.h"
#include "compositor-glue/rdp/monitors.h"

/* WINDOW_LEVEL_SUPPORTED_EX, MS-RDPERP 2.2.1.1.2; FreeRDP has it in a private header only. */
#define WINDOW_LEVEL_EX 2

#define POINTER_CACHE_SIZE 20

struct bool_setting {
	FreeRDP_Settings_Keys_Bool key;
	BOOL value;
};

struct number_setting {
	FreeRDP_Settings_Keys_UInt32 key;
	UINT32 value;
};

static const struct bool_setting bools[] = {
	/* It would need a store of password hashes. */
	{FreeRDP_NlaSecurity, FALSE},
	{FreeRDP_RemoteApplicationMode, TRUE},
	{FreeRDP_SupportGraphicsPipeline, TRUE},
	{FreeRDP_SupportMonitorLayoutPdu, FALSE},
	{FreeRDP_SupportMultitransport, FALSE},
	{FreeRDP_NetworkAutoDetect, FALSE},
	{FreeRDP_RefreshRect, TRUE},
	{FreeRDP_SuppressOutput, TRUE},
	{FreeRDP_HasExtendedMouseEvent, TRUE},
	{FreeRDP_HasHorizontalWheel, TRUE},
	{FreeRDP_UnicodeInput, TRUE},
};

static const struct number_setting numbers[] = {
	{FreeRDP_OsMajorType, OSMAJORTYPE_UNIX},
	{FreeRDP_ColorDepth, 32},
	{FreeRDP_RemoteApplicationSupportLevel, RAIL_LEVEL_SUPPORTED |
							RAIL_LEVEL_SHELL_INTEGRATION_SUPPORTED |
							RAIL_LEVEL_HIDE_MINIMIZED_APPS_SUPPORTED |
							RAIL_LEVEL_HANDSHAKE_EX_SUPPORTED},
	{FreeRDP_RemoteWndSupportLevel, WINDOW_LEVEL_EX},
	{FreeRDP_RemoteAppNumIconCaches, 3},
	{FreeRDP_RemoteAppNumIconCacheEntries, 12},
	{FreeRDP_PointerCacheSize, POINTER_CACHE_SIZE},
	{FreeRDP_ColorPointerCacheSize, POINTER_CACHE_SIZE},
	{FreeRDP_LargePointerFlag, LARGE_POINTER_FLAG_96x96 | LARGE_POINTER_FLAG_384x384},
};

static bool apply_pair(rdpSettings *settings, const struct credentials *credentials)
{
	rdpPrivateKey *key = freerdp_key_new_from_pem(credentials->key_pem);
	rdpCertificate *certificate =
		freerdp_certificate_new_from_pem(credentials->certificate_pem);
	return key != NULL && certificate != NULL &&
	       freerdp_settings_set_pointer_len(settings, FreeRDP_RdpServerRsaKey, key, 1) &&
	       freerdp_settings_set_pointer_len(
		       settings, FreeRDP_RdpServerCertificate, certificate, 1);
}

bool settings_apply(rdpSettings *settings, const struct credentials *credentials, bool is_host)
{
	for (size_t i = 0; i < sizeof(bools) / sizeof(bools[0]); i++) {
		if (!freerdp_settings_set_bool(settings, bools[i].key, bools[i].value)) {
			return false;
		}
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		if (!freerdp_settings_set_uint32(settings, numbers[i].key, numbers[i].value)) {
			return false;
		}
	}
	/*
	 * The host of the virtual machine reads our memory if it likes, and its client (WSL's
	 * msrdc) has neither a password nor a reason to trust our certificate: no encryption.
	 */
	return freerdp_settings_set_bool(settings, FreeRDP_RdpSecurity, is_host) &&
	       freerdp_settings_set_bool(settings, FreeRDP_TlsSecurity, !is_host) &&
	       freerdp_settings_set_uint16(settings, FreeRDP_TLSMinVersion, TLS1_2_VERSION) &&
	       apply_pair(settings, credentials);
}

void settings_monitors(const rdpSettings *settings, struct monitor_set *monitors)
{
	*monitors = (struct monitor_set){0};
	UINT32 count = freerdp_settings_get_uint32(settings, FreeRDP_MonitorCount);
	UINT32 scale = freerdp_settings_get_uint32(settings, FreeRDP_DesktopScaleFactor);
	for (UINT32 i = 0; i < count; i++) {
		const rdpMonitor *monitor =
			freerdp_settings_get_pointer_array(settings, FreeRDP_MonitorDefArray, i);
		if (monitor == NULL) {
			break;
		}
		struct rect area = {monitor->x, monitor->y, monitor->width, monitor->height};
		/* A client that says nothing of each monitor may have one scale for all. */
		UINT32 own = monitor->attributes.desktopScaleFactor;
		monitors_add(monitors, &area, own != 0 ? own : scale, monitor->is_primary != 0);
	}
	if (monitors->count == 0) {
		struct rect area = {
			.width = (int32_t)freerdp_settings_get_uint32(
				settings, FreeRDP_DesktopWidth),
			.height = (int32_t)freerdp_settings_get_uint32(
				settings, FreeRDP_DesktopHeight),
		};
		monitors_add(monitors, &area, scale, true);
	}
	monitors_finish(monitors);
}
