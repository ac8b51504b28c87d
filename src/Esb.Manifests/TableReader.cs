using System.Collections.Immutable;
using Esb.Schema.Diagnostics;
using Esb.Schema.Files;
using Esb.Schema.Resources;
using Esb.Schema.Yaml;

namespace Esb.Manifests;

/// <summary>
/// Converts CloudFormation's properties of AWS::DynamoDB::Table to the wanted table. All errors are collected.
/// </summary>
internal sealed class TableReader(DiagnosticBag diagnostics)
{
    private const string KeyHelp = "for example KeySchema: [{AttributeName: id, KeyType: HASH}]";
    private const string ByRequest = "PAY_PER_REQUEST";
    private const int MostUnits = int.MaxValue;

    public WantedTable Read(Resource table)
    {
        var reader = new MappingReader(table.Properties, $"table '{table.Name}'", diagnostics);
        var values = new ValueReader(diagnostics);
        values.WarnOfOthers(reader, [.. TableProperty.All, ApplicationName.Key]);
        if (!ResourceNames.IsTable(table.Name))
            diagnostics.Error(
                DiagnosticCodes.WrongValue,
                $"'{table.Name}' is not a table name",
                table.Properties[TableProperty.Name],
                "allowed: letters, digits, '_', '-' and '.', 3 to 255 of them");
        var indexes = new IndexReader(diagnostics);
        var wanted = new WantedTable
        {
            Name = table.Name,
            Keys = indexes.Keys(reader),
            Attributes = Attributes(reader, values),
            Billing = ReadBilling(reader, values),
            GlobalIndexes = indexes.Read(reader, TableProperty.GlobalIndexes),
            LocalIndexes = indexes.Read(reader, TableProperty.LocalIndexes),
            Stream = ReadStream(reader, values),
            TimeToLive = ReadTimeToLive(reader, values),
            Encryption = reader.Nested(TableProperty.Encryption) is { } sse
                ? new TableEncryption(
                    values.Only(sse, "SSEEnabled", "SSEType", "KMSMasterKeyId").Boolean("SSEEnabled") ?? false,
                    sse.Text("KMSMasterKeyId"))
                : null,
            TableClass = values.OneOf(reader, TableProperty.Class, "STANDARD", "STANDARD_INFREQUENT_ACCESS"),
            DeletionProtection = reader.Boolean(TableProperty.DeletionProtection),
            Recovery = reader.Nested(TableProperty.Recovery) is { } recovery
                ? values.Only(recovery, "PointInTimeRecoveryEnabled", "RecoveryPeriodInDays")
                    .Boolean("PointInTimeRecoveryEnabled")
                : null,
            Tags = values.Tags(reader)?.ToImmutableSortedDictionary(StringComparer.Ordinal),
        };
        return WithUsedAttributes(wanted, table);
    }

    private static ImmutableSortedDictionary<string, string> Attributes(MappingReader reader, ValueReader values)
    {
        var types = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var attribute in values.Mappings(reader, TableProperty.Attributes))
        {
            if (values.Only(attribute, "AttributeName", "AttributeType")
                .RequiredText("AttributeName", "see AWS::DynamoDB::Table") is { } name
                && values.OneOf(attribute, "AttributeType", "S", "N", "B") is { } type)
                types[name] = type;
        }

        return types.ToImmutable();
    }

    private WantedTable WithUsedAttributes(WantedTable wanted, Resource table)
    {
        var used = wanted.Keys.Concat(wanted.GlobalIndexes.Concat(wanted.LocalIndexes).SelectMany(i => i.Keys))
            .Select(k => k.Attribute)
            .ToHashSet(StringComparer.Ordinal);
        var place = table.Properties.KeyNode(TableProperty.Attributes) ?? (YamlNode)table.Properties;
        foreach (var missing in used.Where(a => !wanted.Attributes.ContainsKey(a)).Order(StringComparer.Ordinal))
            diagnostics.Error(
                DiagnosticCodes.MissingKey,
                $"table '{table.Name}': '{missing}' is a key and is not in AttributeDefinitions",
                place,
                $"add {{AttributeName: {missing}, AttributeType: S}}");
        foreach (var spare in wanted.Attributes.Keys.Where(a => !used.Contains(a)))
            diagnostics.Warning(
                DiagnosticCodes.NotSupported,
                $"table '{table.Name}': '{spare}' is in AttributeDefinitions but is not a key; it is left out",
                place,
                "only key attributes are declared there");
        return wanted with
        {
            Attributes = wanted.Attributes.RemoveRange(wanted.Attributes.Keys.Where(a => !used.Contains(a))),
        };
    }

    private static Billing? ReadBilling(MappingReader reader, ValueReader values)
    {
        var throughput = Units(reader, values, reader);
        return values.OneOf(reader, TableProperty.Billing, ByRequest, "PROVISIONED") switch
        {
            ByRequest => new Billing((Throughput?)null),
            "PROVISIONED" when throughput is null => values.Missing<Billing>(
                reader,
                TableProperty.Throughput,
                "BillingMode: PROVISIONED needs ReadCapacityUnits and WriteCapacityUnits"),
            _ => throughput is null ? null : new Billing(throughput),
        };
    }

    // For an on-demand table and its indexes, DescribeTable returns zeros.
    private static Throughput? Units(MappingReader reader, ValueReader values, MappingReader table)
    {
        if (reader.Nested(TableProperty.Throughput) is not { } units)
            return null;
        values.Only(units, "ReadCapacityUnits", "WriteCapacityUnits");
        var least = table.Mapping[TableProperty.Billing] is YamlScalar { Value: ByRequest } ? 0 : 1;
        var wanted = new Throughput(
            units.Integer("ReadCapacityUnits", least, MostUnits) ?? 1,
            units.Integer("WriteCapacityUnits", least, MostUnits) ?? 1);
        return wanted is { Read: 0, Write: 0 } ? null : wanted;
    }

    private static StreamSetting? ReadStream(MappingReader reader, ValueReader values)
    {
        if (reader.Nested(TableProperty.Stream) is not { } stream)
            return null;
        values.Only(stream, "StreamEnabled", "StreamViewType", "ResourcePolicy");
        if (stream.Boolean("StreamEnabled") == false)
            return new StreamSetting((string?)null);
        return values.OneOf(
            stream, "StreamViewType", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE", "KEYS_ONLY") is { } view
            ? new StreamSetting(view)
            : values.Missing<StreamSetting>(stream, "StreamViewType", "for example StreamViewType: NEW_AND_OLD_IMAGES");
    }

    private static TimeToLive? ReadTimeToLive(MappingReader reader, ValueReader values)
    {
        if (reader.Nested(TableProperty.TimeToLive) is not { } ttl)
            return null;
        values.Only(ttl, "AttributeName", "Enabled");
        return ttl.Boolean("Enabled") == false
            ? new TimeToLive((string?)null)
            : new TimeToLive(ttl.RequiredText("AttributeName", "the attribute by which items expire"));
    }

    /// <summary>Reads keys and indexes.</summary>
    private sealed class IndexReader(DiagnosticBag diagnostics)
    {
        private readonly ValueReader _values = new(diagnostics);

        public Sequence<KeyPart> Keys(MappingReader reader)
        {
            Sequence<KeyPart> keys =
            [
                .. from key in _values.Mappings(reader, TableProperty.Keys)
                   let name = _values.Only(key, "AttributeName", "KeyType").RequiredText("AttributeName", KeyHelp)
                   let role = _values.OneOf(key, "KeyType", "HASH", "RANGE")
                       ?? _values.Missing<string>(key, "KeyType", "HASH or RANGE")
                   where name is not null && role is not null
                   orderby role
                   select new KeyPart(name, role),
            ];
            if (keys is not ([{ Role: "HASH" }] or [{ Role: "HASH" }, { Role: "RANGE" }]))
                diagnostics.Error(
                    DiagnosticCodes.MissingKey,
                    $"{reader.Subject}: 'KeySchema' needs one HASH and at most one RANGE",
                    reader.Mapping[TableProperty.Keys] ?? reader.Mapping,
                    KeyHelp);
            return keys;
        }

        public Sequence<TableIndex> Read(MappingReader table, string property)
        {
            var indexes = new OrderedDictionary<string, TableIndex>(StringComparer.Ordinal);
            foreach (var reader in _values.Mappings(table, property))
            {
                _values.Only(
                    reader,
                    "IndexName",
                    "KeySchema",
                    "Projection",
                    TableProperty.Throughput,
                    "ContributorInsightsSpecification",
                    "OnDemandThroughput",
                    "WarmThroughput");
                if (reader.RequiredText("IndexName", "every index needs one") is not { } name)
                    continue;
                var projection = reader.Nested("Projection") is { } shape
                    ? _values.Only(shape, "ProjectionType", "NonKeyAttributes")
                    : null;
                Sequence<string> included =
                    [.. (projection?.TextList("NonKeyAttributes") ?? []).Order(StringComparer.Ordinal)];
                var type = (projection is null
                    ? null
                    : _values.OneOf(projection, "ProjectionType", "ALL", "KEYS_ONLY", "INCLUDE"))
                    ?? "ALL";
                var throughput = Units(reader, _values, table);
                if (!indexes.TryAdd(name, new TableIndex(name, Keys(reader), type, included, throughput)))
                    diagnostics.Error(
                        DiagnosticCodes.WrongValue, $"{table.Subject}: there are two indexes '{name}'", reader.Mapping);
            }

            return [.. indexes.Values];
        }
    }
}
