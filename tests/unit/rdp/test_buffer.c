// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "compositor-glue/rdp/buffer.h"
#include "tests/harness/test.h"

/* Sparse: what nobody writes to takes no memory. */
static int make_file(off_t size, int seals)
{
	int fd = memfd_create("buffer", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd >= 0 && (ftruncate(fd, size) < 0 || fcntl(fd, F_ADD_SEALS, seals) < 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

/* Whether a file that is large enough is taken for a picture of that size. */
static bool is_taken(int32_t width, int32_t height)
{
	struct buffer buffer = {0};
	int fd = make_file((off_t)width * height * 4, F_SEAL_SHRINK);
	bool taken = buffer_map(&buffer, fd, width, height, width * 4);
	buffer_unmap(&buffer);
	return taken;
}

TEST(sizes_are_taken_up_to_their_limits)
{
	CHECK(is_taken(1, 1));
	CHECK(is_taken(17, 3));
	CHECK(is_taken(16384, 4096));
	CHECK(is_taken(8192, 8192));
	CHECK(is_taken(BUFFER_SIDE_LIMIT, 1));
	CHECK(is_taken(1, BUFFER_SIDE_LIMIT));
	CHECK(!is_taken(BUFFER_SIDE_LIMIT + 1, 1));
	CHECK(!is_taken(1, BUFFER_SIDE_LIMIT + 1));
	CHECK(!is_taken(30000, 30000));
	CHECK(!is_taken(16384, 4097));
	CHECK(!is_taken(0, 10));
	CHECK(!is_taken(10, 0));
}

TEST(a_file_that_is_not_what_it_claims_is_refused)
{
	struct buffer buffer = {0};
	int fd = make_file(100 * 100 * 4, 0);
	CHECK(!buffer_map(&buffer, fd, 100, 100, 400));
	CHECK(fcntl(fd, F_GETFD) < 0);
	CHECK(!buffer_map(&buffer, make_file(100 * 100 * 4 - 1, F_SEAL_SHRINK), 100, 100, 400));
	CHECK(!buffer_map(&buffer, make_file(100 * 100 * 4, F_SEAL_SHRINK), 100, 100, 399));
	CHECK(!buffer_map(&buffer, make_file(100 * 100 * 4, F_SEAL_SHRINK), -100, 100, 400));
	CHECK(buffer.pixels == NULL);
}

TEST(memory_stays_while_somebody_has_it)
{
	struct buffer buffer, other;
	CHECK(buffer_map(&buffer, make_file(16, F_SEAL_SHRINK), 2, 2, 8));
	other = buffer_share(&buffer);
	buffer_unmap(&buffer);
	CHECK(buffer.pixels == NULL);
	CHECK_INT(other.pixels[15], 0);
	buffer_unmap(&other);
}

TEST_MAIN()
