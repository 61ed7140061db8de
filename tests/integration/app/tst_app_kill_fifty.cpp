// SPDX-License-Identifier: GPL-3.0-or-later
// labels: full
// timeout: 3600
// serial
#include "tests/integration/app/kill_test.h"
#include "tests/support/test_registry.h"

class TestAppKillFifty : public infra::test::KillTest
{
    Q_OBJECT
public:
    TestAppKillFifty()
        : KillTest(50)
    {
    }
};

INFRA_TEST(TestAppKillFifty)
#include "tst_app_kill_fifty.moc"
