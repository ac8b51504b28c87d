using Esb.Tables.Catalog;
using Esb.Tables.Storage;
using Esb.Tables.Streams;
using Esb.Tables.Values;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.Storage.Model;

/// <summary>Does the same to tables and to plain collections.</summary>
internal sealed class ModelledTables(OpenTables tables)
{
    /// <summary>The items by their keys.</summary>
    public Dictionary<(string Hash, string Range), MapValue> Items { get; private set; } = [];

    /// <summary>The records of the latest stream.</summary>
    public List<(StreamChange Change, MapValue? New, MapValue? Old)> Records { get; private set; } = [];

    public async Task DoAsync(Step step)
    {
        switch (step)
        {
            case Step.Together together:
                await TogetherAsync(together);
                break;
            case Step.AddIndex(var name) when tables.Table().FindIndex(name) is null:
                await tables.WriteAsync(session => session.AddIndex(session.FindTable("t")!, Samples.Index(name)));
                break;
            case Step.RemoveIndex(var name) when tables.Table().FindIndex(name) is { Status: IndexStatus.Active }:
                await tables.WriteAsync(session => session.RemoveIndex(session.FindTable("t")!, name));
                break;
            case Step.EnableStream(var view) when tables.Table().Stream is not { IsEnabled: true }:
                await tables.WriteAsync(session => session.EnableStream(session.FindTable("t")!, view));
                Records = [];
                break;
            case Step.DisableStream when tables.Table().Stream is { IsEnabled: true }:
                await tables.WriteAsync(session => session.DisableStream(session.FindTable("t")!));
                break;
            case Step.Recreate:
                await tables.WriteAsync(Recreate);
                Items = [];
                Records = [];
                break;
            case Step.Restart:
                await tables.RestartAsync();
                break;
            default:
                await tables.WriteAsync(session => Apply(session, step));
                Apply(Items, Records, step);
                break;
        }
    }

    private static void Recreate(WriteSession session)
    {
        session.DeleteTable(session.FindTable("t")!);
        session.CreateTable(Samples.Table(), StreamView.NewAndOldImages);
    }

    private async Task TogetherAsync(Step.Together together)
    {
        try
        {
            await tables.WriteAsync(session =>
            {
                foreach (var change in together.Changes)
                    Apply(session, change);
                if (together.Fails)
                    throw new InvalidOperationException("no");
            });
            foreach (var change in together.Changes)
                Apply(Items, Records, change);
        }
        catch (InvalidOperationException) when (together.Fails)
        {
        }
    }

    private static void Apply(WriteSession session, Step step)
    {
        if (step is Step.Put put)
            OpenTables.Put(session, put.Item);
        else if (step is Step.Delete delete)
            OpenTables.Delete(session, delete.Item);
    }

    private void Apply(
        Dictionary<(string Hash, string Range), MapValue> items,
        List<(StreamChange Change, MapValue? New, MapValue? Old)> records,
        Step step)
    {
        var item = (step as Step.Put)?.Item ?? (step as Step.Delete)?.Item;
        if (item is null)
            return;
        var key = KeyOf(item);
        var old = items.GetValueOrDefault(key);
        var changed = step is Step.Put ? item : null;
        if (changed is null ? old is null : changed.Equals(old))
            return;
        if (changed is null)
            items.Remove(key);
        else
            items[key] = changed;
        if (tables.Table().Stream is { IsEnabled: true })
            records.Add((
                old is null ? StreamChange.Insert : changed is null ? StreamChange.Remove : StreamChange.Modify,
                changed,
                old));
    }

    public static (string Hash, string Range) KeyOf(MapValue item) =>
        (((StringValue)item.Members["h"]).Text, ((NumberValue)item.Members["r"]).Number.ToString());
}
