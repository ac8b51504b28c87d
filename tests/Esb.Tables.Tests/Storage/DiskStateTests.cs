using Esb.Tables.Errors;
using Esb.Tables.Storage.Files;
using Esb.Tables.Storage.Sql;
using SQLitePCL;

namespace Esb.Tables.Tests.Storage;

public sealed class DiskStateTests
{
    [Test]
    public async Task After_a_flush_that_failed_nothing_is_written_any_more_and_the_operator_is_told_once()
    {
        var lines = new List<string>();
        var disk = new DiskState("/data/tables.db", lines.Add);
        disk.ThrowIfFailed();

        var error = (TableException)disk.ForClient(new SqlException(raw.SQLITE_IOERR_FSYNC, "disk I/O error"));
        _ = disk.ForClient(new SqlException(raw.SQLITE_IOERR_FSYNC, "disk I/O error"));

        await Assert.That(error.Status).IsEqualTo(500);
        await Assert.That(disk.ThrowIfFailed).Throws<TableException>();
        await Assert.That(lines.Count).IsEqualTo(1);
        await Assert.That(lines[0]).Contains("/data/tables.db: the disk has failed");
    }

    [Test]
    [Arguments(raw.SQLITE_FULL)]
    [Arguments(raw.SQLITE_IOERR_WRITE)]
    public async Task A_full_disk_is_tried_again_and_its_beginning_and_end_are_told_once(int code)
    {
        var lines = new List<string>();
        var disk = new DiskState("/data/tables.db", lines.Add);

        _ = disk.ForClient(new SqlException(code, "full"));
        _ = disk.ForClient(new SqlException(code, "full"));
        disk.ThrowIfFailed();
        disk.Succeeded();
        disk.Succeeded();

        await Assert.That(lines.Count).IsEqualTo(2);
        await Assert.That(lines[0]).Contains("no room");
        await Assert.That(lines[1]).Contains("room again");
    }

    [Test]
    public async Task What_a_request_throws_itself_reaches_its_client_as_it_is()
    {
        var error = TableException.Validation("no");

        await Assert.That(new DiskState("", null).ForClient(error)).IsSameReferenceAs(error);
    }
}
