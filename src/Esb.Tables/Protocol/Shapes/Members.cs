using System.Text.RegularExpressions;

namespace Esb.Tables.Protocol.Shapes;

/// <summary>The members that several operations share. Source: Amazon DynamoDB API Reference.</summary>
internal static class Members
{
    public static readonly Regex NameLetters = new("^[a-zA-Z0-9_.-]+\\z", RegexOptions.NonBacktracking);

    public static readonly AttributeValueShape Value = new();

    public static readonly MapShape Item = new(Value, "AttributeValue");

    public static readonly MapShape RequiredItem = new(Value, "AttributeValue") { IsRequired = true };

    public static readonly TextShape Text = new();

    public static readonly TextShape RequiredText = new() { IsRequired = true };

    public static readonly FlagShape Flag = new();

    public static readonly (string Name, Shape Shape) TableName =
        ("TableName", new TableNameShape { IsRequired = true });

    public static readonly (string Name, Shape Shape) IndexName = ("IndexName", Index(isRequired: false));

    public static readonly (string Name, Shape Shape) ConsistentRead = ("ConsistentRead", Flag);

    public static readonly (string Name, Shape Shape) ReturnConsumedCapacity =
        ("ReturnConsumedCapacity", new TextShape { OneOf = ["INDEXES", "TOTAL", "NONE"] });

    public static readonly (string Name, Shape Shape) ReturnItemCollectionMetrics =
        ("ReturnItemCollectionMetrics", new TextShape { OneOf = ["SIZE", "NONE"] });

    public static readonly (string Name, Shape Shape) ReturnValues =
        ("ReturnValues", new TextShape { OneOf = ["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"] });

    public static readonly (string Name, Shape Shape) ReturnValuesOnConditionCheckFailure =
        ("ReturnValuesOnConditionCheckFailure", new TextShape { OneOf = ["ALL_OLD", "NONE"] });

    public static readonly (string Name, Shape Shape) ConditionalOperator =
        ("ConditionalOperator", new TextShape { OneOf = ["OR", "AND"] });

    public static readonly (string Name, Shape Shape) ConditionExpression = ("ConditionExpression", Text);

    public static readonly (string Name, Shape Shape) FilterExpression = ("FilterExpression", Text);

    public static readonly (string Name, Shape Shape) ProjectionExpression = ("ProjectionExpression", Text);

    public static readonly (string Name, Shape Shape) ExpressionAttributeNames =
        ("ExpressionAttributeNames", new MapShape(Text, "java.lang.String"));

    public static readonly (string Name, Shape Shape) ExpressionAttributeValues = ("ExpressionAttributeValues", Item);

    public static readonly (string Name, Shape Shape) AttributesToGet =
        ("AttributesToGet", new ListShape(Text) { Fewest = 1, Most = 255 });

    public static readonly (string Name, Shape Shape) Limit = ("Limit", new WholeShape("Integer") { Least = 1 });

    public static readonly (string Name, Shape Shape) ExclusiveStartKey = ("ExclusiveStartKey", Item);

    public static readonly (string Name, Shape Shape) Select = ("Select", new TextShape
    {
        OneOf = ["SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES", "ALL_PROJECTED_ATTRIBUTES"],
    });

    public static readonly (string Name, Shape Shape) Expected = ("Expected", new MapShape(
        new StructureShape(
            "ExpectedAttributeValue",
            ("AttributeValueList", new ListShape(Value)),
            ("ComparisonOperator", Comparison(isRequired: false)),
            ("Exists", Flag),
            ("Value", new AttributeValueShape { IsMember = true }))
        { IsElement = true },
        "ExpectedAttributeValue"));

    /// <summary>The legacy parameters that contain a condition for each attribute.</summary>
    public static (string Name, Shape Shape) Conditions(string name) => (name, new MapShape(
        new StructureShape(
            "Condition",
            ("AttributeValueList", new ListShape(Value)),
            ("ComparisonOperator", Comparison(isRequired: true)))
        { IsElement = true },
        "Condition"));

    /// <summary>The name of an index.</summary>
    public static TextShape Index(bool isRequired) =>
        new() { Shortest = 3, Longest = 255, Pattern = NameLetters, IsRequired = isRequired };

    private static TextShape Comparison(bool isRequired) => new()
    {
        IsRequired = isRequired,
        OneOf =
        [
            "IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE",
            "CONTAINS",
        ],
    };
}
