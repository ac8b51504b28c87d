using Esb.Tables.Storage;
using Esb.Tables.Values;

namespace Esb.Tables.Tests.Storage;

public sealed class TokenTests
{
    [Test]
    public async Task A_token_is_remembered_for_ten_minutes_also_over_a_restart()
    {
        await using var tables = OpenTables.New();
        var token = new IdempotencyToken("a", new Bytes("request"u8.ToArray()), new Bytes(default));
        await tables.WriteAsync(session => session.AddToken(token));
        await tables.RestartAsync();
        tables.Time.Advance(TimeSpan.FromMinutes(9.9));

        await Assert.That(tables.Read(session => session.FindToken("a"))).IsEqualTo(token);
        await Assert.That(tables.Read(session => session.FindToken("b"))).IsNull();
        tables.Time.Advance(TimeSpan.FromMinutes(0.1));
        await Assert.That(tables.Read(session => session.FindToken("a"))).IsNull();
        await Assert.That(await tables.WriteAsync(session => session.SweepRecords())).IsFalse();
    }
}
