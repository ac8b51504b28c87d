using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Manifests;

/// <summary>Converts an AWS::S3::Bucket Rule of CloudFormation to a lifecycle rule.</summary>
internal sealed class LifecycleReader(DiagnosticBag diagnostics)
{
    private const string DateHelp = "for example 2027-01-01";

    private static readonly string[] Actions =
    [
        "ExpirationInDays", "ExpirationDate", "ExpiredObjectDeleteMarker", "NoncurrentVersionExpiration",
        "NoncurrentVersionExpirationInDays", "AbortIncompleteMultipartUpload",
        "Transition", "Transitions", "NoncurrentVersionTransition", "NoncurrentVersionTransitions",
    ];

    private readonly ValueReader _values = new(diagnostics);

    public LifecycleSetting Read(MappingReader lifecycle) =>
        new([.. _values.Mappings(_values.Only(lifecycle, "Rules", "TransitionDefaultMinimumObjectSize"), "Rules")
            .Select(Rule)]);

    private LifecycleRule Rule(MappingReader reader)
    {
        _values.Only(
            reader,
            "Id", "Status", "Prefix", "TagFilters", "ObjectSizeGreaterThan", "ObjectSizeLessThan", "ExpirationInDays",
            "ExpirationDate", "ExpiredObjectDeleteMarker", "NoncurrentVersionExpiration",
            "NoncurrentVersionExpirationInDays", "AbortIncompleteMultipartUpload", "Transition", "Transitions",
            "NoncurrentVersionTransition", "NoncurrentVersionTransitions");
        if (!Actions.Any(reader.Mapping.Contains))
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"{reader.Subject}: the rule does nothing",
                reader.Mapping,
                $"every rule needs one of {string.Join(", ", Actions)}");
        var status = _values.OneOf(reader, "Status", "Enabled", "Disabled")
            ?? _values.Missing<string>(reader, "Status", "Enabled or Disabled");
        var noncurrent = reader.Nested("NoncurrentVersionExpiration") is { } expiration
            ? _values.Only(expiration, "NoncurrentDays", "NewerNoncurrentVersions")
            : null;
        var rule = new LifecycleRule(reader.Text("Id") ?? "", status == "Enabled")
        {
            Scope = new LifecycleScope(
                reader.Text("Prefix") ?? "", [.. TagFilters(reader).OrderBy(t => t.Key, StringComparer.Ordinal)])
            {
                LargerThan = reader.Integer("ObjectSizeGreaterThan", 0, int.MaxValue),
                SmallerThan = reader.Integer("ObjectSizeLessThan", 1, int.MaxValue),
            },
            ExpirationDays = Days(reader, "ExpirationInDays"),
            ExpirationDate = Date(reader, "ExpirationDate"),
            ExpireDeleteMarkers = reader.Boolean("ExpiredObjectDeleteMarker") ?? false,
            NoncurrentDays = noncurrent is null
                ? Days(reader, "NoncurrentVersionExpirationInDays")
                : Days(noncurrent, "NoncurrentDays"),
            NewerNoncurrentVersions = noncurrent?.Integer("NewerNoncurrentVersions", 1, 100),
            AbortUploadsAfterDays = reader.Nested("AbortIncompleteMultipartUpload") is { } abort
                ? Days(_values.Only(abort, "DaysAfterInitiation"), "DaysAfterInitiation")
                : null,
            Transitions = [.. Listed(reader, "Transition", "Transitions").Select(Transition)
                .OrderBy(t => t.StorageClass, StringComparer.Ordinal)],
            NoncurrentTransitions = [.. Listed(reader, "NoncurrentVersionTransition", "NoncurrentVersionTransitions")
                .Select(Transition)
                .OrderBy(t => t.StorageClass, StringComparer.Ordinal)],
        };
        return rule.Id.Length > 0 ? rule : rule with
        {
            Id = "esb-" + Convert.ToHexStringLower(XxHash64.Hash(Encoding.UTF8.GetBytes(rule.ToString()))),
        };
    }

    // Older templates have a single transition under its own key.
    private IEnumerable<MappingReader> Listed(MappingReader reader, string single, string list) =>
        reader.Nested(single) is { } one ? _values.Mappings(reader, list).Prepend(one) : _values.Mappings(reader, list);

    private LifecycleTransition Transition(MappingReader reader)
    {
        _values.Only(reader, "StorageClass", "TransitionInDays", "TransitionDate", "NewerNoncurrentVersions");
        var storageClass = reader.RequiredText("StorageClass", "for example STANDARD_IA");
        return new LifecycleTransition(
            storageClass ?? "",
            reader.Integer("TransitionInDays", 0, int.MaxValue),
            Date(reader, "TransitionDate"),
            reader.Integer("NewerNoncurrentVersions", 1, 100));
    }

    private IEnumerable<KeyValuePair<string, string>> TagFilters(MappingReader reader) =>
        from tag in _values.Mappings(reader, "TagFilters")
        let key = _values.Only(tag, "Key", "Value").RequiredText("Key", "every tag needs one")
        where key is not null
        select KeyValuePair.Create(key, tag.Text("Value") ?? "");

    private static int? Days(MappingReader reader, string key) => reader.Integer(key, 1, int.MaxValue);

    private DateTime? Date(MappingReader reader, string key)
    {
        if (reader.Text(key) is not { } text)
            return null;
        if (DateTime.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var date))
            return date;
        diagnostics.Error(
            DiagnosticCodes.WrongValue, $"{reader.Subject}: '{key}' is '{text}'", reader.Mapping[key], DateHelp);
        return null;
    }
}
