namespace Esb.Tables.Catalog;

/// <summary>The states of an index, as DescribeTable shows them.</summary>
public enum IndexStatus
{
    /// <summary>The index is being filled from the items of its table, and cannot be read yet.</summary>
    Creating,

    /// <summary>The index can be read.</summary>
    Active,

    /// <summary>The index is being removed, and can no longer be read.</summary>
    Deleting,
}
