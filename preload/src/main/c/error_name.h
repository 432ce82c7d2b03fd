// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_ERROR_NAME_H
#define BPFSEAL_ERROR_NAME_H

/* The C name of an errno value of either sign, "OK" for 0, "E" and the number for one without a name here. */
const char *error_name(int error);

#endif
