namespace Esb.Tables.Catalog;

/// <summary>The states of an index, as DescribeTable shows them.</summary>
public enum IndexStatus
{
    /// <summary>It is filled from the items of the table, and cannot be read yet.</summary>
    Creating,

    /// <summary>It can be read.</summary>
    Active,

    /// <summary>It is removed, and cannot be read any more.</summary>
    Deleting,
}
