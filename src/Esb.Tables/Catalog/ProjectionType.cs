namespace Esb.Tables.Catalog;

/// <summary>Which attributes an index contains.</summary>
public enum ProjectionType
{
    /// <summary>ALL.</summary>
    All,

    /// <summary>KEYS_ONLY: the keys of the index and of the table.</summary>
    KeysOnly,

    /// <summary>INCLUDE: the keys, and the attributes that are named.</summary>
    Include,
}
