using System.Text.Json;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Protocol;
using Esb.Tables.Protocol.Shapes;

namespace Esb.Tables.Operations.Tables;

/// <summary>
/// Returns whether point-in-time recovery is enabled. The setting is only stored: backups of this service cover the
/// whole store.
/// </summary>
internal sealed class DescribeContinuousBackups(TablesContext context)
    : Operation("DescribeContinuousBackups", new StructureShape("DescribeContinuousBackupsInput", Members.TableName))
{
    public override Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var table = context.Database.Read(session => session.FindTable(input.TableName))
            ?? throw NotFound(input.TableName);
        return Task.FromResult(Answer.Of(json => Write(json, table, context.Time.GetUtcNow())));
    }

    public static TableException NotFound(string table) =>
        new("TableNotFoundException", $"Table not found: {table}");

    public static void Write(Utf8JsonWriter json, TableDefinition table, DateTimeOffset now)
    {
        json.WriteStartObject("ContinuousBackupsDescription");
        json.WriteString("ContinuousBackupsStatus", "ENABLED");
        json.WriteStartObject("PointInTimeRecoveryDescription");
        json.WriteString("PointInTimeRecoveryStatus", table.PointInTimeRecovery is null ? "DISABLED" : "ENABLED");
        if (table.PointInTimeRecovery is { } recovery)
        {
            json.WriteNumber("RecoveryPeriodInDays", recovery.Days);
            json.WriteTime("EarliestRestorableDateTime", recovery.EnabledTime);
            json.WriteTime("LatestRestorableDateTime", now);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}

/// <summary>Switches point-in-time recovery on or off.</summary>
internal sealed class UpdateContinuousBackups(TablesContext context) : Operation("UpdateContinuousBackups", Request)
{
    private const int MostDays = 35;

    private static readonly StructureShape Request = new(
        "UpdateContinuousBackupsInput",
        Members.TableName,
        ("PointInTimeRecoverySpecification", new StructureShape(
            "PointInTimeRecoverySpecification",
            ("PointInTimeRecoveryEnabled", new FlagShape { IsRequired = true }),
            ("RecoveryPeriodInDays", new WholeShape("Integer") { Least = 1, Most = MostDays }))
        { IsRequired = true }));

    public override async Task<ReadOnlyMemory<byte>> RunAsync(Input input, CancellationToken cancellation)
    {
        var wanted = input.Structure("PointInTimeRecoverySpecification")!.Value;
        var now = context.Time.GetUtcNow();
        var table = await context.Database.WriteAsync(
            session =>
            {
                var found = session.FindTable(input.TableName)
                    ?? throw DescribeContinuousBackups.NotFound(input.TableName);
                return session.ChangeTable(found with
                {
                    PointInTimeRecovery = wanted.Flag("PointInTimeRecoveryEnabled")
                        ? new PointInTimeRecovery(
                            found.PointInTimeRecovery?.EnabledTime ?? now,
                            (int)(wanted.Whole("RecoveryPeriodInDays") ?? MostDays))
                        : null,
                });
            },
            cancellation);
        return Answer.Of(json => DescribeContinuousBackups.Write(json, table, now));
    }
}
