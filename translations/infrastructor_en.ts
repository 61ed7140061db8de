<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Activity</name>
    <message numerus="yes">
        <source>Read %n section(s)</source>
        <translation>
            <numerusform>Read %n section</numerusform><numerusform>Read %n sections</numerusform></translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform><numerusform>%n selected</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n device(s)</source>
        <translation>
            <numerusform>Tags of %n device</numerusform><numerusform>Tags of %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n device(s) changed</source>
        <translation>
            <numerusform>Tags of %n device changed</numerusform><numerusform>Tags of %n devices changed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Group of %n device(s)</source>
        <translation>
            <numerusform>Group of %n device</numerusform><numerusform>Group of %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) without a group</source>
        <translation>
            <numerusform>%n device without a group</numerusform><numerusform>%n devices without a group</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) put into %1</source>
        <translation>
            <numerusform>%n device put into %1</numerusform><numerusform>%n devices put into %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Environment of %n device(s) changed</source>
        <translation>
            <numerusform>Environment of %n device changed</numerusform><numerusform>Environment of %n devices changed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Interval of %n device(s) changed</source>
        <translation>
            <numerusform>Interval of %n device changed</numerusform><numerusform>Interval of %n devices changed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n devices</source>
        <translation>
            <numerusform>Remove %n device</numerusform><numerusform>Remove %n devices</numerusform></translation>
    </message>
</context>
<context>
    <name>BulkEdit</name>
    <message numerus="yes">
        <source>%n devices removed</source>
        <translation>
            <numerusform>%n device removed</numerusform><numerusform>%n devices removed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) paused</source>
        <translation>
            <numerusform>%n device paused</numerusform><numerusform>%n devices paused</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) read again</source>
        <translation>
            <numerusform>%n device read again</numerusform><numerusform>%n devices read again</numerusform></translation>
    </message>
</context>
<context>
    <name>ChartGrid</name>
    <message numerus="yes">
        <source>%n threads</source>
        <translation>
            <numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
</context>
<context>
    <name>ContainerPane</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>ContainersPage</name>
    <message numerus="yes">
        <source>%1 of %n run</source>
        <translation>
            <numerusform>%1 of %n run</numerusform><numerusform>%1 of %n run</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n well</source>
        <translation>
            <numerusform>%1 of %n well</numerusform><numerusform>%1 of %n well</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n well, look at %2</source>
        <translation>
            <numerusform>%1 of %n well, look at %2</numerusform><numerusform>%1 of %n well, look at %2</numerusform></translation>
    </message>
</context>
<context>
    <name>DayBand</name>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n mark</numerusform><numerusform>%n marks</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>DetailTabs</name>
    <message numerus="yes">
        <source>%1, with %n warnings</source>
        <translation>
            <numerusform>%1, with %n warning</numerusform><numerusform>%1, with %n warnings</numerusform></translation>
    </message>
</context>
<context>
    <name>DeviceSummary</name>
    <message numerus="yes">
        <source>%n threads</source>
        <translation>
            <numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n containers run</source>
        <translation>
            <numerusform>%1 of %n container run</numerusform><numerusform>%1 of %n containers run</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n services, none failed</source>
        <translation>
            <numerusform>%n service, none failed</numerusform><numerusform>%n services, none failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n services, %1 failed</source>
        <translation>
            <numerusform>%n service, %1 failed</numerusform><numerusform>%n services, %1 failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform><numerusform>%n cores</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n temperature(s)</source>
        <translation>
            <numerusform>%n temperature</numerusform><numerusform>%n temperatures</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n fan(s)</source>
        <translation>
            <numerusform>%n fan</numerusform><numerusform>%n fans</numerusform></translation>
    </message>
</context>
<context>
    <name>ErrorClassRow</name>
    <message numerus="yes">
        <source>%1, %2, %n time(s)</source>
        <translation>
            <numerusform>%1, %2, %n time</numerusform><numerusform>%1, %2, %n times</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n time</numerusform><numerusform>%n times</numerusform></translation>
    </message>
</context>
<context>
    <name>ErrorClasses</name>
    <message numerus="yes">
        <source>%1, %n time(s)</source>
        <translation>
            <numerusform>%1, %n time</numerusform><numerusform>%1, %n times</numerusform></translation>
    </message>
</context>
<context>
    <name>FleetStrip</name>
    <message numerus="yes">
        <source>%n need(s) a look</source>
        <translation>
            <numerusform>%n needs a look</numerusform><numerusform>%n need a look</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation>
            <numerusform>%n stopped</numerusform><numerusform>%n stopped</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file system(s)</source>
        <translation>
            <numerusform>%n file system</numerusform><numerusform>%n file systems</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform><numerusform>%n sessions</numerusform></translation>
    </message>
</context>
<context>
    <name>LocalCard</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
</context>
<context>
    <name>OverviewPage</name>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform><numerusform>%n devices</numerusform></translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message numerus="yes">
        <source>%n found in %1 ms. Try &gt; or @</source>
        <translation>
            <numerusform>%n found in %1 ms. Try &gt; or @</numerusform><numerusform>%n found in %1 ms. Try &gt; or @</numerusform></translation>
    </message>
</context>
<context>
    <name>RangeBar</name>
    <message numerus="yes">
        <source>%n times without data</source>
        <translation>
            <numerusform>%n time without data</numerusform><numerusform>%n times without data</numerusform></translation>
    </message>
</context>
<context>
    <name>RemoveDialog</name>
    <message numerus="yes">
        <source>Remove %n devices</source>
        <translation>
            <numerusform>Remove %n device</numerusform><numerusform>Remove %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n devices were removed</source>
        <translation>
            <numerusform>%n device was removed</numerusform><numerusform>%n devices were removed</numerusform></translation>
    </message>
</context>
<context>
    <name>SeenHosts</name>
    <message numerus="yes">
        <source>%n host(s) of the SSH configuration; none is contacted</source>
        <translation>
            <numerusform>%n host of the SSH configuration; none is contacted</numerusform><numerusform>%n hosts of the SSH configuration; none is contacted</numerusform></translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message numerus="yes">
        <source>%1 in %n tables</source>
        <translation>
            <numerusform>%1 in %n table</numerusform><numerusform>%1 in %n tables</numerusform></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform><numerusform>%n sessions</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s), %1 opened in the last hour</source>
        <translation>
            <numerusform>%n session, %1 opened in the last hour</numerusform><numerusform>%n sessions, %1 opened in the last hour</numerusform></translation>
    </message>
</context>
<context>
    <name>TabStrip</name>
    <message numerus="yes">
        <source>%1, %n</source>
        <translation>
            <numerusform>%1, %n</numerusform><numerusform>%1, %n</numerusform></translation>
    </message>
</context>
<context>
    <name>TrayController</name>
    <message numerus="yes">
        <source>%n critical</source>
        <translation>
            <numerusform>%n critical</numerusform><numerusform>%n critical</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform><numerusform>%n warnings</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) for you…	Open to review</source>
        <comment>left and right end of an entry</comment>
        <translation>
            <numerusform>%n waits for you…	Open to review</numerusform><numerusform>%n wait for you…	Open to review</numerusform></translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message numerus="yes">
        <source>%n host(s), %1 already added</source>
        <translation>
            <numerusform>%n host, %1 already added</numerusform><numerusform>%n hosts, %1 already added</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n host(s)</source>
        <translation>
            <numerusform>%n host</numerusform><numerusform>%n hosts</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Add %n device(s)</source>
        <translation>
            <numerusform>Add %n device</numerusform><numerusform>Add %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) added, first readings are on the way</source>
        <translation>
            <numerusform>%n device added, first reading is on the way</numerusform><numerusform>%n devices added, first readings are on the way</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::Activity</name>
    <message numerus="yes">
        <source>Read %n section(s)</source>
        <translation>
            <numerusform>Read %n section</numerusform><numerusform>Read %n sections</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::BulkBar</name>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform><numerusform>%n selected</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n device(s)</source>
        <translation>
            <numerusform>Tags of %n device</numerusform><numerusform>Tags of %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Tags of %n device(s) changed</source>
        <translation>
            <numerusform>Tags of %n device changed</numerusform><numerusform>Tags of %n devices changed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Group of %n device(s)</source>
        <translation>
            <numerusform>Group of %n device</numerusform><numerusform>Group of %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) without a group</source>
        <translation>
            <numerusform>%n device without a group</numerusform><numerusform>%n devices without a group</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) put into %1</source>
        <translation>
            <numerusform>%n device put into %1</numerusform><numerusform>%n devices put into %1</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Environment of %n device(s) changed</source>
        <translation>
            <numerusform>Environment of %n device changed</numerusform><numerusform>Environment of %n devices changed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Interval of %n device(s) changed</source>
        <translation>
            <numerusform>Interval of %n device changed</numerusform><numerusform>Interval of %n devices changed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Remove %n devices</source>
        <translation>
            <numerusform>Remove %n device</numerusform><numerusform>Remove %n devices</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::BulkEdit</name>
    <message numerus="yes">
        <source>%n devices removed</source>
        <translation>
            <numerusform>%n device removed</numerusform><numerusform>%n devices removed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) paused</source>
        <translation>
            <numerusform>%n device paused</numerusform><numerusform>%n devices paused</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) read again</source>
        <translation>
            <numerusform>%n device read again</numerusform><numerusform>%n devices read again</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::ChartGrid</name>
    <message numerus="yes">
        <source>%n threads</source>
        <translation>
            <numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::ContainerPane</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::ContainersPage</name>
    <message numerus="yes">
        <source>%1 of %n run</source>
        <translation>
            <numerusform>%1 of %n run</numerusform><numerusform>%1 of %n run</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n well</source>
        <translation>
            <numerusform>%1 of %n well</numerusform><numerusform>%1 of %n well</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n well, look at %2</source>
        <translation>
            <numerusform>%1 of %n well, look at %2</numerusform><numerusform>%1 of %n well, look at %2</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::DayBand</name>
    <message numerus="yes">
        <source>%n mark(s)</source>
        <translation>
            <numerusform>%n mark</numerusform><numerusform>%n marks</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform><numerusform>and %n more</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::DetailTabs</name>
    <message numerus="yes">
        <source>%1, with %n warnings</source>
        <translation>
            <numerusform>%1, with %n warning</numerusform><numerusform>%1, with %n warnings</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::DeviceSummary</name>
    <message numerus="yes">
        <source>%n threads</source>
        <translation>
            <numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n containers run</source>
        <translation>
            <numerusform>%1 of %n container run</numerusform><numerusform>%1 of %n containers run</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n services, none failed</source>
        <translation>
            <numerusform>%n service, none failed</numerusform><numerusform>%n services, none failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n services, %1 failed</source>
        <translation>
            <numerusform>%n service, %1 failed</numerusform><numerusform>%n services, %1 failed</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n core</numerusform><numerusform>%n cores</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n temperature(s)</source>
        <translation>
            <numerusform>%n temperature</numerusform><numerusform>%n temperatures</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n fan(s)</source>
        <translation>
            <numerusform>%n fan</numerusform><numerusform>%n fans</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::ErrorClassRow</name>
    <message numerus="yes">
        <source>%1, %2, %n time(s)</source>
        <translation>
            <numerusform>%1, %2, %n time</numerusform><numerusform>%1, %2, %n times</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n time</numerusform><numerusform>%n times</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::ErrorClasses</name>
    <message numerus="yes">
        <source>%1, %n time(s)</source>
        <translation>
            <numerusform>%1, %n time</numerusform><numerusform>%1, %n times</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::FleetStrip</name>
    <message numerus="yes">
        <source>%n need(s) a look</source>
        <translation>
            <numerusform>%n needs a look</numerusform><numerusform>%n need a look</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n stopped</source>
        <translation>
            <numerusform>%n stopped</numerusform><numerusform>%n stopped</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n file system(s)</source>
        <translation>
            <numerusform>%n file system</numerusform><numerusform>%n file systems</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform><numerusform>%n sessions</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::LocalCard</name>
    <message numerus="yes">
        <source>%n thread(s)</source>
        <translation>
            <numerusform>%n thread</numerusform><numerusform>%n threads</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::OverviewPage</name>
    <message numerus="yes">
        <source>%n device(s)</source>
        <translation>
            <numerusform>%n device</numerusform><numerusform>%n devices</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::Palette</name>
    <message numerus="yes">
        <source>%n found in %1 ms. Try &gt; or @</source>
        <translation>
            <numerusform>%n found in %1 ms. Try &gt; or @</numerusform><numerusform>%n found in %1 ms. Try &gt; or @</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::RangeBar</name>
    <message numerus="yes">
        <source>%n times without data</source>
        <translation>
            <numerusform>%n time without data</numerusform><numerusform>%n times without data</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::RemoveDialog</name>
    <message numerus="yes">
        <source>Remove %n devices</source>
        <translation>
            <numerusform>Remove %n device</numerusform><numerusform>Remove %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n devices were removed</source>
        <translation>
            <numerusform>%n device was removed</numerusform><numerusform>%n devices were removed</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::SeenHosts</name>
    <message numerus="yes">
        <source>%n host(s) of the SSH configuration; none is contacted</source>
        <translation>
            <numerusform>%n host of the SSH configuration; none is contacted</numerusform><numerusform>%n hosts of the SSH configuration; none is contacted</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::SettingsPage</name>
    <message numerus="yes">
        <source>%1 in %n tables</source>
        <translation>
            <numerusform>%1 in %n table</numerusform><numerusform>%1 in %n tables</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::StatusLine</name>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform><numerusform>%n sessions</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s), %1 opened in the last hour</source>
        <translation>
            <numerusform>%n session, %1 opened in the last hour</numerusform><numerusform>%n sessions, %1 opened in the last hour</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::TabStrip</name>
    <message numerus="yes">
        <source>%1, %n</source>
        <translation>
            <numerusform>%1, %n</numerusform><numerusform>%1, %n</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::TrayController</name>
    <message numerus="yes">
        <source>%n critical</source>
        <translation>
            <numerusform>%n critical</numerusform><numerusform>%n critical</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n warning(s)</source>
        <translation>
            <numerusform>%n warning</numerusform><numerusform>%n warnings</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n wait(s) for you…	Open to review</source>
        <comment>left and right end of an entry</comment>
        <translation>
            <numerusform>%n waits for you…	Open to review</numerusform><numerusform>%n wait for you…	Open to review</numerusform></translation>
    </message>
</context>
<context>
    <name>infra::ui::WelcomePage</name>
    <message numerus="yes">
        <source>%n host(s), %1 already added</source>
        <translation>
            <numerusform>%n host, %1 already added</numerusform><numerusform>%n hosts, %1 already added</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n host(s)</source>
        <translation>
            <numerusform>%n host</numerusform><numerusform>%n hosts</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>Add %n device(s)</source>
        <translation>
            <numerusform>Add %n device</numerusform><numerusform>Add %n devices</numerusform></translation>
    </message>
    <message numerus="yes">
        <source>%n device(s) added, first readings are on the way</source>
        <translation>
            <numerusform>%n device added, first reading is on the way</numerusform><numerusform>%n devices added, first readings are on the way</numerusform></translation>
    </message>
</context>
</TS>
