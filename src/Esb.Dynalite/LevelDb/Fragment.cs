namespace Esb.Dynalite.LevelDb;

/// <summary>The type of a fragment of a log. Source: LevelDB, doc/log_format.md.</summary>
internal enum FragmentType
{
    /// <summary>A whole record.</summary>
    Full = 1,

    /// <summary>The first fragment of a record.</summary>
    First = 2,

    /// <summary>Any other fragment but the last one.</summary>
    Middle = 3,

    /// <summary>The last fragment of a record.</summary>
    Last = 4,
}

/// <summary>A record of a log, or a part of one; no fragment extends over the end of a block of 32 KiB.</summary>
/// <param name="Type">Which part of the record it is.</param>
/// <param name="Offset">The position of its header in the file.</param>
/// <param name="Content">The content, valid until the next fragment is read.</param>
internal readonly record struct Fragment(FragmentType Type, long Offset, ReadOnlyMemory<byte> Content);
