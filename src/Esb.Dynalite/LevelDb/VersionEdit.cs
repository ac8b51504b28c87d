namespace Esb.Dynalite.LevelDb;

/// <summary>A record in the list of files: what changed. Source: LevelDB, db/version_edit.cc.</summary>
internal sealed record VersionEdit
{
    private const int Comparator = 1;
    private const int LogNumberField = 2;
    private const int NextFile = 3;
    private const int LastSequence = 4;
    private const int CompactPointer = 5;
    private const int DeletedFile = 6;
    private const int NewFile = 7;
    private const int PreviousLogNumberField = 9;

    // dynalite uses this order of keys, which is LevelDB's own.
    private static ReadOnlySpan<byte> Bytewise => "leveldb.BytewiseComparator"u8;

    /// <summary>Logs with lower numbers are no longer needed.</summary>
    public ulong? LogNumber { get; private set; }

    /// <summary>Another log that is needed.</summary>
    public ulong? PreviousLogNumber { get; private set; }

    /// <summary>The tables that are gone, with their levels.</summary>
    public List<(int Level, ulong Number)> Removed { get; } = [];

    /// <summary>The new tables with their levels.</summary>
    public List<(int Level, TableFileInfo File)> Added { get; } = [];

    /// <exception cref="DamageException">The record is not a change.</exception>
    public static VersionEdit Read(byte[] record, FilePosition position)
    {
        var edit = new VersionEdit();
        var fields = new FieldReader(record, position);
        while (!fields.IsAtEnd)
            edit.ReadField(ref fields, position);
        return edit;
    }

    private void ReadField(ref FieldReader fields, FilePosition position)
    {
        switch (fields.Length())
        {
            case Comparator:
                if (!fields.PrefixedBytes().SequenceEqual(Bytewise))
                    throw position.Damaged("the keys have an order that dynalite does not use");
                break;
            case LogNumberField:
                LogNumber = fields.Number();
                break;
            case PreviousLogNumberField:
                PreviousLogNumber = fields.Number();
                break;
            case NextFile or LastSequence:
                fields.Number();
                break;
            case CompactPointer:
                Level(ref fields, position);
                fields.PrefixedBytes();
                break;
            case DeletedFile:
                Removed.Add((Level(ref fields, position), fields.Number()));
                break;
            case NewFile:
                Added.Add((Level(ref fields, position), File(ref fields, position)));
                break;
            case var other:
                throw position.Damaged($"a change has the unknown field {other}");
        }
    }

    private static int Level(ref FieldReader fields, FilePosition position)
    {
        var level = fields.Length();
        return level < Version.Levels ? level : throw position.Damaged($"there is no level {level}");
    }

    private static TableFileInfo File(ref FieldReader fields, FilePosition position) => new(
        fields.Number(),
        fields.Number() is <= long.MaxValue and var size
            ? (long)size
            : throw position.Damaged("a size is out of range"),
        Entry.UserKey(fields.PrefixedBytes(), position).ToArray(),
        Entry.UserKey(fields.PrefixedBytes(), position).ToArray());
}
