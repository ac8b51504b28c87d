using System.Globalization;
using Esb.Tables.Storage;

namespace Esb.Tables.Tests.Durability;

/// <summary>The state after kill -9 under writing clients.</summary>
public sealed class KillTests
{
    private const int TurnsOfRound = 40;

    private static int Rounds => int.Parse(
        Environment.GetEnvironmentVariable("ESB_TABLES_KILLS") ?? "4", CultureInfo.InvariantCulture);

    [Test]
    public async Task After_each_kill_all_that_was_acknowledged_is_there_and_in_streams_once_and_in_order()
    {
        var folder = Directory.CreateTempSubdirectory("esb-tables").FullName;
        var seen = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var wanted = ClientTurns.Acknowledged(folder).Sum() + TurnsOfRound + (round * 7);
            using (var child = ChildProcess.Start(nameof(ChildPrograms.Writes_until_it_is_killed), folder))
            {
                await Eventually.TrueAsync(
                    () => child.HasExited || ClientTurns.Acknowledged(folder).Sum() >= wanted);
                await Assert.That(child.HasExited).IsFalse();
                child.Kill();
                await child.WaitForExitAsync();
            }

            await using var database = TableDatabase.Open(Path.Combine(folder, "data"), TimeProvider.System);
            seen = database.Read(session => ClientTurns.Check(session, ClientTurns.Acknowledged(folder), seen));
        }

        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task The_removal_of_a_table_that_was_interrupted_goes_on_at_the_next_start()
    {
        var folder = Directory.CreateTempSubdirectory("esb-tables").FullName;
        for (var round = 0; round < Rounds; round++)
        {
            using (var child = ChildProcess.Start(nameof(ChildPrograms.Deletes_a_table), folder))
            {
                await Eventually.TrueAsync(() => child.HasExited || File.Exists(ChildPrograms.DeletedIn(folder)));
                await Assert.That(child.HasExited).IsFalse();
                child.Kill();
                await child.WaitForExitAsync();
            }

            File.Delete(ChildPrograms.DeletedIn(folder));
            await using var database = TableDatabase.Open(Path.Combine(folder, "data"), TimeProvider.System);
            await Assert.That(database.Read(session => session.FindTable("t"))).IsNull();
            await Eventually.TrueAsync(() => database.Read(
                session => session.Connection.Number(
                    "SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM entries) "
                    + "+ (SELECT count(*) FROM counts) + (SELECT count(*) FROM chores)") == 0));
        }

        Directory.Delete(folder, recursive: true);
    }
}
