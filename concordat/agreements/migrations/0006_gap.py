"""Keep why there is a gap before a version."""

from django.db import migrations, models

from concordat.core.migration_sql import call


class Migration(migrations.Migration):

    dependencies = [
        ('agreements', '0005_disputes'),
    ]

    operations = [
        migrations.AddField(
            model_name='version',
            name='gap',
            field=models.CharField(blank=True, max_length=300, verbose_name='Why there is a gap before it'),
        ),
        call("ALTER TABLE agreements_version ALTER COLUMN gap SET DEFAULT ''"),
    ]
