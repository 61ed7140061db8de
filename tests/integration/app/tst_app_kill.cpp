// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 1200
// serial
#include "tests/integration/app/kill_test.h"
#include "tests/support/test_registry.h"

class TestAppKill : public infra::test::KillTest
{
    Q_OBJECT
public:
    TestAppKill()
        : KillTest(10)
    {
    }
};

INFRA_TEST(TestAppKill)
#include "tst_app_kill.moc"
