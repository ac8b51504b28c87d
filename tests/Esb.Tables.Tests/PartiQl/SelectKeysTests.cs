using CsCheck;
using Esb.Tables.Catalog;
using Esb.Tables.Errors;
using Esb.Tables.Expressions;
using Esb.Tables.PartiQl;
using Esb.Tables.Values;
using NumberValue = Esb.Tables.Values.NumberValue;
using StringValue = Esb.Tables.Values.StringValue;

namespace Esb.Tables.Tests.PartiQl;

/// <summary>What is read for a SELECT, against a scan of everything.</summary>
public sealed class SelectKeysTests
{
    private static readonly KeySchema Keys = new("pk", AttributeType.S, "sk", AttributeType.N);

    private static readonly string[] Leaves =
    [
        "pk = 'a'", "pk = 'b'", "'c' = pk", "pk IN ['a', 'b']", "sk = 1", "sk = 2", "sk < 2", "sk <= 1",
        "sk > 1", "sk >= 2",
        "sk BETWEEN 1 AND 2", "sk IN [0, 3]", "sk <> 1", "NOT sk = 2", "2 > sk", "s = 'x'", "s <> 'x'",
        "pk > 'a'", "pk <> 'b'",
    ];

    private static readonly MapValue[] Items =
    [
        .. from pk in (string[])["a", "b", "c", "d"]
           from sk in Enumerable.Range(0, 4)
           from s in (string[])["x", "y"]
           where (pk[0] + sk) % 2 == (s == "x" ? 0 : 1)
           select new MapValue(new Dictionary<string, AttributeValue>
           {
               ["pk"] = new StringValue(pk),
               ["sk"] = new NumberValue(DynamoNumber.FromInt64(sk)),
               ["s"] = new StringValue(s),
           }),
    ];

    private static readonly Gen<string> Wheres = Of(3);

    [Test]
    public void The_reads_find_what_a_scan_finds_and_nothing_twice() => Wheres.Sample(
        where =>
        {
            var select = (SelectStatement)StatementParser.Parse($"SELECT * FROM t WHERE {where}", []);
            IReadOnlyList<KeyCondition>? reads;
            try
            {
                reads = select.KeysFor(Keys);
            }
            catch (TableException)
            {
                return true;
            }
            var read = reads?.SelectMany(key => Items.Where(item => Meets(key, item))) ?? Items;
            var found = read.Where(select.Where!.IsTrue).ToArray();
            return found.Length == found.Distinct().Count()
                && found.ToHashSet().SetEquals(Items.Where(select.Where!.IsTrue));
        },
        iter: 5000);

    private static bool Meets(KeyCondition key, MapValue item)
    {
        if (!item.Members["pk"].Equals(key.Hash))
            return false;
        var compared = ValueOrder.Compare(item.Members["sk"], key.Sort?.Value);
        return key.Sort?.Operator switch
        {
            null => true,
            SortOperator.Equal => compared == 0,
            SortOperator.Less => compared < 0,
            SortOperator.LessOrEqual => compared <= 0,
            SortOperator.Greater => compared > 0,
            SortOperator.GreaterOrEqual => compared >= 0,
            SortOperator.Between => compared >= 0 && ValueOrder.Compare(item.Members["sk"], key.Sort.Upper) <= 0,
            _ => false,
        };
    }

    private static Gen<string> Of(int levels)
    {
        var leaf = Gen.Int[0, Leaves.Length - 1].Select(at => Leaves[at]);
        return levels == 0 ? leaf : Gen.Frequency(
            (2, leaf),
            (2, Gen.Select(Of(levels - 1), Of(levels - 1)).Select((a, b) => $"({a}) AND ({b})")),
            (2, Gen.Select(Of(levels - 1), Of(levels - 1)).Select((a, b) => $"({a}) OR ({b})")),
            (1, Of(levels - 1).Select(a => $"NOT ({a})")));
    }
}
