using System.Text.Json.Serialization;

namespace Esb.AdminProtocol.Stores;

/// <summary>How much the stores hold.</summary>
/// <param name="Tables">The tables.</param>
/// <param name="Objects">The buckets.</param>
public sealed record StoreContents(TableContents? Tables = null, ObjectContents? Objects = null)
{
    /// <summary>Whether there is nothing that could be lost.</summary>
    [JsonIgnore]
    public bool IsEmpty => Tables is null or { Tables: 0 } && Objects is null or { Buckets: 0 };
}

/// <summary>How much the tables hold.</summary>
/// <param name="Tables">The number of tables.</param>
/// <param name="Items">The number of items in all tables.</param>
public sealed record TableContents(long Tables, long Items);

/// <summary>How much the buckets hold.</summary>
/// <param name="Buckets">The number of buckets.</param>
/// <param name="Objects">The number of objects, with all versions and delete markers.</param>
public sealed record ObjectContents(long Buckets, long Objects);

/// <summary>Why something was not done.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Help">What can be done about it; null if nothing is known.</param>
public sealed record StoresProblem(string Message, string? Help);
