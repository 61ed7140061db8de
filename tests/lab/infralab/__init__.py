# SPDX-License-Identifier: GPL-3.0-or-later
"""The lab: private sshds on loopback, real and recorded hosts, faults, and a log of what was asked of them."""
