using Esb.Objects.Requests;

namespace Esb.Objects.Access;

/// <summary>What a policy decides about: who wants to do what with which bucket or object, and how.</summary>
/// <param name="Call">The request.</param>
/// <param name="Action">The action, such as <c>s3:GetObject</c>.</param>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key; null for the bucket itself.</param>
/// <param name="Version">The version that the request names; null for none.</param>
internal sealed record AccessRequest(Call Call, string Action, string Bucket, string? Key, string? Version)
{
    /// <summary>The account that owns all buckets.</summary>
    public const string Account = "000000000000";

    /// <summary>The ARN that the owner's requests have.</summary>
    public const string OwnerArn = $"arn:aws:iam::{Account}:root";

    public bool IsAnonymous => Call.IsAnonymous;

    /// <summary>The ARN of the bucket or object.</summary>
    public string Resource => $"arn:aws:s3:::{Bucket}{(Key is null ? "" : $"/{Key}")}";

    /// <summary>The tags and locks that the request asks for.</summary>
    public Attachments Attachments { get; init; } = Attachments.None;

    /// <summary>
    /// Whether <see cref="Attachments"/> are in a document that has not been read yet. Conditions about them are left
    /// open then: the request is checked again.
    /// </summary>
    public bool IsPreliminary { get; init; }

    /// <summary>The condition of a write or delete about the ETag of the object; null for none.</summary>
    public string? IfMatch { get; init; }

    /// <summary>The time at which the request is checked.</summary>
    public DateTimeOffset Now { get; init; }

    /// <summary>The region of the bucket.</summary>
    public string Region { get; init; } = "";

    /// <summary>The tags of the object that the action concerns; read when a condition asks for them.</summary>
    public Func<IReadOnlyDictionary<string, string>> ExistingTags { get; init; } =
        () => new Dictionary<string, string>();
}
